// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

/// Models a contract that asks an access manager who may call it.
/// A practice contract: never deployed to a real network.
abstract contract AccessManaged {
    address private _accessManager;

    modifier onlyRole(bytes32 role) {
        _checkRole(role);
        _;
    }

    function accessManager() public view returns (address) {
        return _accessManager;
    }

    function hasRole(bytes32 role, address account) public view returns (bool) {
        return IAccessControl(_accessManager).hasRole(role, account);
    }

    function _setAccessManager(address manager) internal {
        _accessManager = manager;
    }

    function _checkRole(bytes32 role) private view {
        if (!hasRole(role, msg.sender)) {
            revert IAccessControl.AccessControlUnauthorizedAccount(msg.sender, role);
        }
    }
}
