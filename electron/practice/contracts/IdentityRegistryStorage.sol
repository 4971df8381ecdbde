// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {AccessManaged} from "./AccessManaged.sol";
import {Roles} from "./Roles.sol";

/// Models the store behind the identity registry: registrations, lost marks and recovery links.
/// The link lives in the registration record, so registering a lost wallet again erases it, as on the real one.
/// A practice contract: never deployed to a real network.
contract IdentityRegistryStorage is AccessManaged {
    struct Registration {
        address identityContract;
        uint16 country;
        address recoveredWallet;
    }

    event IdentityStored(address indexed investorAddress, address indexed identity, uint16 indexed country);
    event IdentityUnstored(address indexed investorAddress, address indexed identity);
    event IdentityModified(
        address indexed investorAddress,
        address indexed oldIdentity,
        address indexed newIdentity
    );
    event IdentityRegistryBound(address indexed identityRegistry);
    event IdentityWalletMarkedAsLost(
        address indexed identityContract,
        address indexed userWallet,
        address indexed markedBy
    );
    // Same topic as the registry's event of this name, but other arguments in other places: as on the real one.
    event WalletRecoveryLinked(
        address indexed lostWallet,
        address indexed newWallet,
        address indexed establishedBy
    );

    error IdentityDoesNotExist(address userAddress);
    error CallerIsNotBoundRegistry(address caller);

    mapping(address registry => bool) private _bound;
    mapping(address wallet => Registration) private _registrations;
    mapping(address wallet => bool) private _lost;

    modifier onlyBoundRegistry() {
        if (!_bound[msg.sender]) revert CallerIsNotBoundRegistry(msg.sender);
        _;
    }

    constructor(address accessManager_) {
        _setAccessManager(accessManager_);
    }

    function bindIdentityRegistry(address registry) external onlyRole(Roles.SYSTEM_MANAGER_ROLE) {
        _bound[registry] = true;
        emit IdentityRegistryBound(registry);
    }

    function addIdentityToStorage(
        address wallet,
        address identityContract,
        uint16 country
    ) external onlyBoundRegistry {
        _registrations[wallet] = Registration(identityContract, country, address(0));
        emit IdentityStored(wallet, identityContract, country);
    }

    function removeIdentityFromStorage(address wallet) external onlyBoundRegistry {
        address identityContract = storedIdentity(wallet);
        delete _registrations[wallet];
        emit IdentityUnstored(wallet, identityContract);
    }

    /// Country and link stay as they are.
    function modifyStoredIdentity(address wallet, address identityContract) external onlyBoundRegistry {
        address oldIdentity = storedIdentity(wallet);
        _registrations[wallet].identityContract = identityContract;
        emit IdentityModified(wallet, oldIdentity, identityContract);
    }

    function markWalletAsLost(address identityContract, address wallet) external onlyBoundRegistry {
        _lost[wallet] = true;
        emit IdentityWalletMarkedAsLost(identityContract, wallet, msg.sender);
    }

    function linkWalletRecovery(address lostWallet, address newWallet) external onlyBoundRegistry {
        _registrations[lostWallet].recoveredWallet = newWallet;
        emit WalletRecoveryLinked(lostWallet, newWallet, msg.sender);
    }

    function isStored(address wallet) external view returns (bool) {
        return _registrations[wallet].identityContract != address(0);
    }

    function storedInvestorCountry(address wallet) external view returns (uint16) {
        storedIdentity(wallet);
        return _registrations[wallet].country;
    }

    function isWalletMarkedAsLost(address wallet) external view returns (bool) {
        return _lost[wallet];
    }

    function getRecoveredWalletFromStorage(address lostWallet) external view returns (address) {
        return _registrations[lostWallet].recoveredWallet;
    }

    function storedIdentity(address wallet) public view returns (address identityContract) {
        identityContract = _registrations[wallet].identityContract;
        if (identityContract == address(0)) revert IdentityDoesNotExist(wallet);
    }
}
