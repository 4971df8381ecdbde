// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";

/// Models the system contract: the one address from which all others are found.
/// Deliberately not a deployer, and without add-ons and upgrades.
/// A practice contract: never deployed to a real network.
contract System is ERC165 {
    struct Parts {
        address accessManager;
        address identityRegistry;
        address identityRegistryStorage;
        address identityFactory;
        address trustedIssuersRegistry;
        address topicSchemeRegistry;
        address tokenFactoryRegistry;
    }

    bytes4 private constant IATK_SYSTEM = 0xdb28046c;

    address public immutable accessManager;
    address public immutable identityRegistry;
    address public immutable identityRegistryStorage;
    address public immutable identityFactory;
    address public immutable trustedIssuersRegistry;
    address public immutable topicSchemeRegistry;
    address public immutable tokenFactoryRegistry;

    constructor(Parts memory parts) {
        accessManager = parts.accessManager;
        identityRegistry = parts.identityRegistry;
        identityRegistryStorage = parts.identityRegistryStorage;
        identityFactory = parts.identityFactory;
        trustedIssuersRegistry = parts.trustedIssuersRegistry;
        topicSchemeRegistry = parts.topicSchemeRegistry;
        tokenFactoryRegistry = parts.tokenFactoryRegistry;
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == IATK_SYSTEM || super.supportsInterface(interfaceId);
    }
}
