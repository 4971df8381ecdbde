// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {AccessManaged} from "./AccessManaged.sol";
import {Roles} from "./Roles.sol";

/// Models the names and data shapes of claim topics; a topic's id is the keccak256 of its name.
/// A practice contract: never deployed to a real network.
contract TopicSchemeRegistry is AccessManaged {
    event TopicSchemeRegistered(address indexed sender, uint256 indexed topicId, string name, string signature);

    error TopicSchemeAlreadyExists(string name);
    error TopicSchemeDoesNotExist(uint256 topicId);

    uint256[] private _topicIds;
    mapping(uint256 topicId => string) private _names;
    mapping(uint256 topicId => string) private _signatures;

    constructor(address accessManager_) {
        _setAccessManager(accessManager_);
    }

    function registerTopicScheme(
        string calldata name,
        string calldata signature
    ) external onlyRole(Roles.CLAIM_POLICY_MANAGER_ROLE) {
        uint256 topicId = getTopicId(name);
        if (hasTopicScheme(topicId)) revert TopicSchemeAlreadyExists(name);
        _topicIds.push(topicId);
        _names[topicId] = name;
        _signatures[topicId] = signature;
        emit TopicSchemeRegistered(msg.sender, topicId, name, signature);
    }

    function getAllTopicIds() external view returns (uint256[] memory) {
        return _topicIds;
    }

    function getTopicSchemeName(uint256 topicId) external view returns (string memory) {
        if (!hasTopicScheme(topicId)) revert TopicSchemeDoesNotExist(topicId);
        return _names[topicId];
    }

    function getTopicSchemeSignature(uint256 topicId) external view returns (string memory) {
        if (!hasTopicScheme(topicId)) revert TopicSchemeDoesNotExist(topicId);
        return _signatures[topicId];
    }

    function hasTopicScheme(uint256 topicId) public view returns (bool) {
        return bytes(_names[topicId]).length > 0;
    }

    function getTopicId(string memory name) public pure returns (uint256) {
        return uint256(keccak256(bytes(name)));
    }
}
