// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {Identity} from "./Identity.sol";

/// Models the identity factory: one identity per wallet, at an address known beforehand, for anyone who asks.
/// Every non-empty list of management keys reverts, as measured on the real one: the factory itself holds no key.
/// A practice contract: never deployed to a real network.
contract IdentityFactory is ERC165 {
    bytes4 private constant IATK_IDENTITY_FACTORY = 0x1c08ec41;
    uint256 private constant MANAGEMENT = 1;
    uint256 private constant ECDSA = 1;

    event IdentityCreated(address indexed sender, address indexed identity, address indexed wallet);
    event ContractIdentityCreated(
        address indexed sender,
        address indexed identity,
        address indexed contractAddress
    );

    error ZeroAddressNotAllowed();
    error WalletAlreadyLinked(address wallet);
    error ContractAlreadyLinked(address contractAddress);
    error WalletInManagementKeys();

    address public immutable identityImplementation;
    address public immutable trustedIssuersRegistry;

    mapping(address wallet => address identity) private _identities;
    mapping(address contractAddress => address identity) private _contractIdentities;

    constructor(address identityImplementation_, address trustedIssuersRegistry_) {
        identityImplementation = identityImplementation_;
        trustedIssuersRegistry = trustedIssuersRegistry_;
    }

    function createIdentity(address wallet, bytes32[] calldata managementKeys) external returns (address identity) {
        if (wallet == address(0)) revert ZeroAddressNotAllowed();
        if (_identities[wallet] != address(0)) revert WalletAlreadyLinked(wallet);
        identity = _clone(wallet, wallet);
        for (uint256 i = 0; i < managementKeys.length; ++i) {
            // The packed hash on purpose: the real factory compares with it, though keys are hashed unpacked.
            if (managementKeys[i] == keccak256(abi.encodePacked(wallet))) revert WalletInManagementKeys();
            Identity(payable(identity)).addKey(managementKeys[i], MANAGEMENT, ECDSA);
        }
        _identities[wallet] = identity;
        emit IdentityCreated(msg.sender, identity, wallet);
    }

    function createContractIdentity(address contractAddress) external returns (address identity) {
        if (contractAddress == address(0)) revert ZeroAddressNotAllowed();
        if (_contractIdentities[contractAddress] != address(0)) revert ContractAlreadyLinked(contractAddress);
        identity = _clone(contractAddress, address(this));
        _contractIdentities[contractAddress] = identity;
        emit ContractIdentityCreated(msg.sender, identity, contractAddress);
    }

    function getIdentity(address wallet) external view returns (address) {
        return _identities[wallet];
    }

    function getContractIdentity(address contractAddress) external view returns (address) {
        return _contractIdentities[contractAddress];
    }

    function calculateWalletIdentityAddress(address wallet, address manager) external view returns (address) {
        return Clones.predictDeterministicAddress(identityImplementation, _salt(wallet, manager));
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == IATK_IDENTITY_FACTORY || super.supportsInterface(interfaceId);
    }

    /// The salt's scope keeps a wallet's identity and a contract's apart; the subject is always the first key.
    function _clone(address subject, address scope) private returns (address identity) {
        identity = Clones.cloneDeterministic(identityImplementation, _salt(subject, scope));
        Identity(payable(identity)).initialize(subject, trustedIssuersRegistry);
    }

    function _salt(address subject, address scope) private pure returns (bytes32) {
        return keccak256(abi.encode(subject, scope));
    }
}
