// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {AccessManaged} from "./AccessManaged.sol";
import {Roles} from "./Roles.sol";

/// Models whose claims count, and on which topics. A practice contract: never deployed to a real network.
contract TrustedIssuersRegistry is AccessManaged {
    event TrustedIssuerAdded(address indexed sender, address indexed issuer, uint256[] claimTopics);
    event TrustedIssuerRemoved(address indexed sender, address indexed issuer);

    error IssuerAlreadyExists(address issuer);
    error IssuerDoesNotExist(address issuer);

    address[] private _issuers;
    mapping(address issuer => bool) private _trusted;
    mapping(address issuer => uint256[] topics) private _topics;
    mapping(uint256 topic => address[] issuers) private _issuersByTopic;

    constructor(address accessManager_) {
        _setAccessManager(accessManager_);
    }

    function addTrustedIssuer(
        address issuer,
        uint256[] calldata claimTopics
    ) external onlyRole(Roles.CLAIM_POLICY_MANAGER_ROLE) {
        if (_trusted[issuer]) revert IssuerAlreadyExists(issuer);
        _trusted[issuer] = true;
        _issuers.push(issuer);
        _topics[issuer] = claimTopics;
        for (uint256 i = 0; i < claimTopics.length; ++i) {
            _issuersByTopic[claimTopics[i]].push(issuer);
        }
        emit TrustedIssuerAdded(msg.sender, issuer, claimTopics);
    }

    function removeTrustedIssuer(address issuer) external onlyRole(Roles.CLAIM_POLICY_MANAGER_ROLE) {
        if (!_trusted[issuer]) revert IssuerDoesNotExist(issuer);
        delete _trusted[issuer];
        _remove(_issuers, issuer);
        uint256[] memory topics = _topics[issuer];
        for (uint256 i = 0; i < topics.length; ++i) {
            _remove(_issuersByTopic[topics[i]], issuer);
        }
        delete _topics[issuer];
        emit TrustedIssuerRemoved(msg.sender, issuer);
    }

    function getTrustedIssuers() external view returns (address[] memory) {
        return _issuers;
    }

    function isTrustedIssuer(address issuer) external view returns (bool) {
        return _trusted[issuer];
    }

    function getTrustedIssuerClaimTopics(address issuer) external view returns (uint256[] memory) {
        return _topics[issuer];
    }

    function getTrustedIssuersForClaimTopic(uint256 topic) external view returns (address[] memory) {
        return _issuersByTopic[topic];
    }

    function hasClaimTopic(address issuer, uint256 topic) external view returns (bool) {
        return _contains(_issuersByTopic[topic], issuer);
    }

    function _contains(address[] storage list, address issuer) private view returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] == issuer) return true;
        }
        return false;
    }

    function _remove(address[] storage list, address issuer) private {
        for (uint256 i = 0; i < list.length; ++i) {
            if (list[i] != issuer) continue;
            list[i] = list[list.length - 1];
            list.pop();
            return;
        }
    }
}
