// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ComplianceModule} from "./ComplianceModule.sol";

/// Models a lock-up: tokens stay where they are until the holding period since the last receipt is over.
/// Its parameters are abi.encode(uint256 seconds). The hook after a transfer enforces it too, so it also holds up
/// a recovery, and a recovery starts the holding period anew. A practice contract: never deployed to a real network.
contract LockUpModule is ComplianceModule {
    mapping(address token => mapping(address holder => uint256 time)) public receivedAt;

    function canTransfer(
        address token,
        address from,
        address,
        uint256,
        bytes calldata params
    ) external view override {
        if (from != address(0)) _requireReleased(token, from, params);
    }

    /// The token that reports is the one that calls: another contract can only touch an entry of its own.
    function transferred(
        address,
        address from,
        address to,
        uint256,
        bytes calldata params
    ) external override {
        _requireReleased(msg.sender, from, params);
        receivedAt[msg.sender][to] = block.timestamp;
    }

    function created(address, address to, uint256, bytes calldata) external override {
        receivedAt[msg.sender][to] = block.timestamp;
    }

    function name() external pure override returns (string memory) {
        return "Lock-up";
    }

    function _requireReleased(address token, address holder, bytes calldata params) private view {
        uint256 period = abi.decode(params, (uint256));
        if (block.timestamp < receivedAt[token][holder] + period) {
            revert ComplianceCheckFailed("Lock-up period not over");
        }
    }
}
