// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {AccessManaged} from "./AccessManaged.sol";
import {Roles} from "./Roles.sol";

/// Models the list of token factories. As on the real one there is no list view: who wants all reads the events.
/// A practice contract: never deployed to a real network.
contract TokenFactoryRegistry is AccessManaged {
    event TokenFactoryRegistered(
        address indexed sender,
        string name,
        bytes32 typeId,
        address proxyAddress,
        address implementationAddress,
        address tokenImplementationAddress,
        bytes4[] interfaces,
        uint256 timestamp
    );

    error TokenFactoryTypeAlreadyRegistered(string name);

    mapping(bytes32 typeHash => address factory) public tokenFactory;

    constructor(address accessManager_) {
        _setAccessManager(accessManager_);
    }

    /// The factory's type is the keccak256 of its name. Factories here are no proxies: both addresses are its own.
    function registerTokenFactory(
        string calldata name,
        address factory,
        address tokenImplementation,
        bytes4[] calldata interfaces
    ) external onlyRole(Roles.TOKEN_MANAGER_ROLE) {
        bytes32 typeId = keccak256(bytes(name));
        if (tokenFactory[typeId] != address(0)) revert TokenFactoryTypeAlreadyRegistered(name);
        tokenFactory[typeId] = factory;
        emit TokenFactoryRegistered(
            msg.sender,
            name,
            typeId,
            factory,
            factory,
            tokenImplementation,
            interfaces,
            block.timestamp
        );
    }
}
