// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";

/// Models who holds which role: one for the system, and one for each token.
/// The system's one is also what the tokens' are cloned from: initialise it in the block that deploys it.
/// Deliberately without enumeration and upgrades. A practice contract: never deployed to a real network.
contract AccessManager is AccessControl, Initializable {
    struct Grant {
        bytes32 role;
        address account;
    }

    /// The admin may grant and revoke every role; the grants hold from the start.
    function initialize(address admin, Grant[] calldata grants) external initializer {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        for (uint256 i = 0; i < grants.length; ++i) {
            _grantRole(grants[i].role, grants[i].account);
        }
    }
}
