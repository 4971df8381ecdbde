// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ECDSA as Signatures} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {TrustedIssuersRegistry} from "./TrustedIssuersRegistry.sol";

/// Models ERC-735 claims, and the check of a claim by the identity that issued it.
/// A claim stays with its identity: nothing here copies one. Deliberately without revocation lists.
/// A practice contract: never deployed to a real network.
abstract contract ClaimHolder {
    struct Claim {
        uint256 topic;
        uint256 scheme;
        address issuer;
        bytes signature;
        bytes data;
        string uri;
    }

    event ClaimAdded(
        bytes32 indexed claimId,
        uint256 indexed topic,
        uint256 scheme,
        address indexed issuer,
        bytes signature,
        bytes data,
        string uri
    );
    event ClaimChanged(
        bytes32 indexed claimId,
        uint256 indexed topic,
        uint256 scheme,
        address indexed issuer,
        bytes signature,
        bytes data,
        string uri
    );
    event ClaimRemoved(
        bytes32 indexed claimId,
        uint256 indexed topic,
        uint256 scheme,
        address indexed issuer,
        bytes signature,
        bytes data,
        string uri
    );

    error SenderLacksClaimSignerKey();
    error InvalidClaim();
    error ClaimDoesNotExist(bytes32 claimId);

    address private _issuersRegistry;
    mapping(bytes32 claimId => Claim) private _claims;
    mapping(uint256 topic => bytes32[] claimIds) private _claimsByTopic;

    /// Allowed: a claim key of this identity, or a trusted issuer's identity for its own topics.
    function addClaim(
        uint256 topic,
        uint256 scheme,
        address issuer,
        bytes calldata signature,
        bytes calldata data,
        string calldata uri
    ) external returns (bytes32 claimId) {
        if (!_mayManageClaims(msg.sender) && !_isTrustedFor(issuer, topic)) revert SenderLacksClaimSignerKey();
        if (issuer != address(this) && !ClaimHolder(issuer).isClaimValid(address(this), topic, signature, data)) {
            revert InvalidClaim();
        }
        claimId = keccak256(abi.encode(issuer, topic));
        bool changed = _claims[claimId].issuer != address(0);
        if (!changed) _claimsByTopic[topic].push(claimId);
        _claims[claimId] = Claim(topic, scheme, issuer, signature, data, uri);
        if (changed) emit ClaimChanged(claimId, topic, scheme, issuer, signature, data, uri);
        else emit ClaimAdded(claimId, topic, scheme, issuer, signature, data, uri);
    }

    /// Allowed: a claim key of this identity, or the issuer's identity.
    function removeClaim(bytes32 claimId) external returns (bool) {
        Claim memory claim = _claims[claimId];
        if (claim.issuer == address(0)) revert ClaimDoesNotExist(claimId);
        if (!_mayManageClaims(msg.sender) && msg.sender != claim.issuer) revert SenderLacksClaimSignerKey();
        bytes32[] storage ids = _claimsByTopic[claim.topic];
        for (uint256 i = 0; i < ids.length; ++i) {
            if (ids[i] != claimId) continue;
            ids[i] = ids[ids.length - 1];
            ids.pop();
            break;
        }
        delete _claims[claimId];
        emit ClaimRemoved(
            claimId,
            claim.topic,
            claim.scheme,
            claim.issuer,
            claim.signature,
            claim.data,
            claim.uri
        );
        return true;
    }

    function getClaim(
        bytes32 claimId
    )
        external
        view
        returns (
            uint256 topic,
            uint256 scheme,
            address issuer,
            bytes memory signature,
            bytes memory data,
            string memory uri
        )
    {
        Claim storage claim = _claims[claimId];
        return (claim.topic, claim.scheme, claim.issuer, claim.signature, claim.data, claim.uri);
    }

    function getClaimIdsByTopic(uint256 topic) external view returns (bytes32[] memory) {
        return _claimsByTopic[topic];
    }

    /// As an issuer: was this claim about `subject` signed by one of our claim keys?
    /// Signed: the personal message of keccak256(abi.encode(subject, topic, data)).
    function isClaimValid(
        address subject,
        uint256 topic,
        bytes calldata signature,
        bytes calldata data
    ) external view returns (bool) {
        bytes32 digest = MessageHashUtils.toEthSignedMessageHash(keccak256(abi.encode(subject, topic, data)));
        (address signer, Signatures.RecoverError failure, ) = Signatures.tryRecover(digest, signature);
        return failure == Signatures.RecoverError.NoError && _isClaimSigner(signer);
    }

    function _setIssuersRegistry(address issuersRegistry) internal {
        _issuersRegistry = issuersRegistry;
    }

    function _mayManageClaims(address sender) internal view virtual returns (bool);

    function _isClaimSigner(address signer) internal view virtual returns (bool);

    function _isTrustedFor(address issuer, uint256 topic) private view returns (bool) {
        return
            msg.sender == issuer &&
            _issuersRegistry != address(0) &&
            TrustedIssuersRegistry(_issuersRegistry).hasClaimTopic(issuer, topic);
    }
}
