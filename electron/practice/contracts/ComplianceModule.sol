// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// Models a compliance module: asked before a transfer (canTransfer), told after one (the other hooks).
/// All of them may revert. A forced move is not asked about, but its hook still runs.
/// A practice contract: never deployed to a real network.
abstract contract ComplianceModule {
    error ComplianceCheckFailed(string reason);

    function canTransfer(
        address token,
        address from,
        address to,
        uint256 value,
        bytes calldata params
    ) external view virtual {}

    function transferred(
        address token,
        address from,
        address to,
        uint256 value,
        bytes calldata params
    ) external virtual {}

    function created(address token, address to, uint256 value, bytes calldata params) external virtual {}

    function destroyed(address token, address from, uint256 value, bytes calldata params) external virtual {}

    function name() external pure virtual returns (string memory);
}
