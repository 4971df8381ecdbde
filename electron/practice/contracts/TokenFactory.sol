// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {AccessManaged} from "./AccessManaged.sol";
import {AccessManager} from "./AccessManager.sol";
import {IdentityFactory} from "./IdentityFactory.sol";
import {Roles} from "./Roles.sol";
import {SecurityToken} from "./SecurityToken.sol";

/// Models a token factory: each token is a clone with an access manager and an identity of its own.
/// Deliberately one kind of token for all factory types: recovery is the same for bonds, shares and funds.
/// A practice contract: never deployed to a real network.
contract TokenFactory is AccessManaged {
    struct Parts {
        address accessManager;
        address identityRegistry;
        address identityFactory;
        address tokenImplementation;
    }

    struct Order {
        string name;
        string symbol;
        uint8 decimals;
        address admin;
        AccessManager.Grant[] grants;
        SecurityToken.ComplianceModule[] modules;
    }

    event TokenAssetCreated(
        address indexed sender,
        address indexed tokenAddress,
        address indexed tokenIdentity,
        bytes4[] interfaces,
        address accessManager
    );

    address public immutable identityRegistry;
    address public immutable identityFactory;
    address public immutable tokenImplementation;
    mapping(address token => bool) public isFactoryToken;

    constructor(Parts memory parts) {
        _setAccessManager(parts.accessManager);
        identityRegistry = parts.identityRegistry;
        identityFactory = parts.identityFactory;
        tokenImplementation = parts.tokenImplementation;
    }

    function createToken(
        Order calldata order
    ) external onlyRole(Roles.TOKEN_MANAGER_ROLE) returns (address token) {
        address manager = Clones.clone(accessManager());
        AccessManager(manager).initialize(order.admin, order.grants);
        token = Clones.clone(tokenImplementation);
        address tokenIdentity = IdentityFactory(identityFactory).createContractIdentity(token);
        SecurityToken(token).initialize(
            order.name,
            order.symbol,
            order.decimals,
            manager,
            identityRegistry,
            tokenIdentity,
            order.modules
        );
        isFactoryToken[token] = true;
        emit TokenAssetCreated(msg.sender, token, tokenIdentity, SecurityToken(token).interfaces(), manager);
    }
}
