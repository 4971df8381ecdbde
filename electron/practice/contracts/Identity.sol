// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {ClaimHolder} from "./ClaimHolder.sol";
import {KeyHolder} from "./KeyHolder.sol";

/// Models an on-chain identity: keys (ERC-734) and claims (ERC-735), written from the two proposals alone.
/// Also serves as a claim issuer. Deliberately without upgrades and multi-signature approval.
/// A practice contract: never deployed to a real network.
contract Identity is KeyHolder, ClaimHolder, Initializable {
    constructor() {
        _disableInitializers();
    }

    /// The manager becomes the only management key; issuers of the registry may add claims on their topics.
    function initialize(address manager, address issuersRegistry) external initializer {
        _addKey(keyOf(manager), MANAGEMENT, ECDSA);
        _setIssuersRegistry(issuersRegistry);
    }

    function _mayManageClaims(address sender) internal view override returns (bool) {
        return sender == address(this) || keyHasPurpose(keyOf(sender), CLAIM_SIGNER);
    }

    function _isClaimSigner(address signer) internal view override returns (bool) {
        return keyHasPurpose(keyOf(signer), CLAIM_SIGNER);
    }
}
