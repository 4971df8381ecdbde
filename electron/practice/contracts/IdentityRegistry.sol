// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {AccessManaged} from "./AccessManaged.sol";
import {ClaimHolder} from "./ClaimHolder.sol";
import {ExpressionNode, ExpressionType} from "./ClaimExpression.sol";
import {IdentityRegistryStorage} from "./IdentityRegistryStorage.sol";
import {Roles} from "./Roles.sol";
import {TrustedIssuersRegistry} from "./TrustedIssuersRegistry.sol";

/// Models the identity registry: which wallet belongs to which identity, and recovery of a lost wallet.
/// Keeps the gaps of the real one on purpose: recoverIdentity does not ask whether the new identity is the new
/// wallet's, nor whether the two wallets differ. A practice contract: never deployed to a real network.
contract IdentityRegistry is AccessManaged {
    event IdentityRegistered(
        address indexed sender,
        address indexed investorAddress,
        address indexed identity,
        uint16 country
    );
    event IdentityRemoved(address indexed sender, address indexed investorAddress, address indexed identity);
    event IdentityUpdated(address indexed sender, address indexed oldIdentity, address indexed newIdentity);
    event IdentityRecovered(
        address indexed sender,
        address indexed lostWallet,
        address indexed newWallet,
        address newIdentity,
        address oldIdentity
    );
    event WalletRecoveryLinked(address indexed sender, address indexed lostWallet, address indexed newWallet);

    error InvalidUserAddress();
    error InvalidIdentityAddress();
    error IdentityNotRegistered(address userAddress);
    error IdentityAlreadyRegistered(address userAddress);
    error WalletAlreadyMarkedAsLost(address userWallet);
    error InvalidExpression();

    IdentityRegistryStorage public immutable identityStorage;
    TrustedIssuersRegistry public immutable issuersRegistry;
    address public immutable topicSchemeRegistry;

    constructor(
        address accessManager_,
        IdentityRegistryStorage identityStorage_,
        TrustedIssuersRegistry issuersRegistry_,
        address topicSchemeRegistry_
    ) {
        _setAccessManager(accessManager_);
        identityStorage = identityStorage_;
        issuersRegistry = issuersRegistry_;
        topicSchemeRegistry = topicSchemeRegistry_;
    }

    function registerIdentity(
        address wallet,
        address onchainId,
        uint16 country
    ) external onlyRole(Roles.IDENTITY_MANAGER_ROLE) {
        _register(wallet, onchainId, country);
    }

    function batchRegisterIdentity(
        address[] calldata wallets,
        address[] calldata onchainIds,
        uint16[] calldata countries
    ) external onlyRole(Roles.IDENTITY_MANAGER_ROLE) {
        for (uint256 i = 0; i < wallets.length; ++i) {
            _register(wallets[i], onchainIds[i], countries[i]);
        }
    }

    function deleteIdentity(address wallet) external onlyRole(Roles.IDENTITY_MANAGER_ROLE) {
        if (!contains(wallet)) revert IdentityNotRegistered(wallet);
        address onchainId = identityStorage.storedIdentity(wallet);
        identityStorage.removeIdentityFromStorage(wallet);
        emit IdentityRemoved(msg.sender, wallet, onchainId);
    }

    /// As on the real one, whether the wallet is marked as lost or the identity is anybody's is not asked.
    function updateIdentity(address wallet, address onchainId) external onlyRole(Roles.IDENTITY_MANAGER_ROLE) {
        if (!contains(wallet)) revert IdentityNotRegistered(wallet);
        if (onchainId == address(0)) revert InvalidIdentityAddress();
        address oldOnchainId = identityStorage.storedIdentity(wallet);
        identityStorage.modifyStoredIdentity(wallet, onchainId);
        emit IdentityUpdated(msg.sender, oldOnchainId, onchainId);
    }

    function recoverIdentity(
        address lostWallet,
        address newWallet,
        address newOnchainId
    ) external onlyRole(Roles.IDENTITY_MANAGER_ROLE) {
        if (lostWallet == address(0) || newWallet == address(0)) revert InvalidUserAddress();
        if (newOnchainId == address(0)) revert InvalidIdentityAddress();
        if (!contains(lostWallet)) revert IdentityNotRegistered(lostWallet);
        if (isWalletLost(lostWallet)) revert WalletAlreadyMarkedAsLost(lostWallet);

        address oldOnchainId = identityStorage.storedIdentity(lostWallet);
        uint16 country = identityStorage.storedInvestorCountry(lostWallet);
        bool newIsRegistered = contains(newWallet);
        if (newIsRegistered && identityStorage.storedIdentity(newWallet) != newOnchainId) {
            revert IdentityAlreadyRegistered(newWallet);
        }
        if (isWalletLost(newWallet)) revert WalletAlreadyMarkedAsLost(newWallet);

        identityStorage.markWalletAsLost(oldOnchainId, lostWallet);
        identityStorage.removeIdentityFromStorage(lostWallet);
        if (!newIsRegistered) identityStorage.addIdentityToStorage(newWallet, newOnchainId, country);
        identityStorage.linkWalletRecovery(lostWallet, newWallet);

        emit IdentityRecovered(msg.sender, lostWallet, newWallet, newOnchainId, oldOnchainId);
        emit WalletRecoveryLinked(msg.sender, lostWallet, newWallet);
    }

    function identity(address wallet) external view returns (address) {
        return identityStorage.storedIdentity(wallet);
    }

    function investorCountry(address wallet) external view returns (uint16) {
        if (!contains(wallet)) revert IdentityNotRegistered(wallet);
        return identityStorage.storedInvestorCountry(wallet);
    }

    function getRecoveredWallet(address lostWallet) external view returns (address) {
        return identityStorage.getRecoveredWalletFromStorage(lostWallet);
    }

    /// True for a registered wallet not marked lost whose identity satisfies the expression (an empty one always).
    function isVerified(address wallet, ExpressionNode[] calldata expression) external view returns (bool) {
        if (!contains(wallet) || isWalletLost(wallet)) return false;
        if (expression.length == 0) return true;
        address onchainId = identityStorage.storedIdentity(wallet);
        bool[] memory stack = new bool[](expression.length);
        uint256 depth = 0;
        for (uint256 i = 0; i < expression.length; ++i) {
            ExpressionNode calldata node = expression[i];
            if (node.nodeType == ExpressionType.TOPIC) {
                stack[depth++] = _holdsClaim(onchainId, node.value);
            } else if (node.nodeType == ExpressionType.NOT) {
                if (depth < 1) revert InvalidExpression();
                stack[depth - 1] = !stack[depth - 1];
            } else {
                if (depth < 2) revert InvalidExpression();
                bool right = stack[--depth];
                bool left = stack[depth - 1];
                stack[depth - 1] = node.nodeType == ExpressionType.AND ? left && right : left || right;
            }
        }
        if (depth != 1) revert InvalidExpression();
        return stack[0];
    }

    function contains(address wallet) public view returns (bool) {
        return identityStorage.isStored(wallet);
    }

    function isWalletLost(address wallet) public view returns (bool) {
        return identityStorage.isWalletMarkedAsLost(wallet);
    }

    function _register(address wallet, address onchainId, uint16 country) private {
        if (wallet == address(0)) revert InvalidUserAddress();
        if (onchainId == address(0)) revert InvalidIdentityAddress();
        if (contains(wallet)) revert IdentityAlreadyRegistered(wallet);
        identityStorage.addIdentityToStorage(wallet, onchainId, country);
        emit IdentityRegistered(msg.sender, wallet, onchainId, country);
    }

    /// recoverIdentity accepts any address as an identity, so the address may hold no code at all.
    function _holdsClaim(address onchainId, uint256 topic) private view returns (bool) {
        if (onchainId.code.length == 0) return false;
        address[] memory issuers = issuersRegistry.getTrustedIssuersForClaimTopic(topic);
        for (uint256 i = 0; i < issuers.length; ++i) {
            bytes32 claimId = keccak256(abi.encode(issuers[i], topic));
            (, , , bytes memory signature, bytes memory data, ) = ClaimHolder(onchainId).getClaim(claimId);
            if (signature.length == 0) continue;
            if (ClaimHolder(issuers[i]).isClaimValid(onchainId, topic, signature, data)) return true;
        }
        return false;
    }
}
