// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// Models how the platform writes "which claims a holder needs": topics joined by AND, OR and NOT, in postfix order.
/// A practice contract: never deployed to a real network.
enum ExpressionType {
    TOPIC,
    AND,
    OR,
    NOT
}

struct ExpressionNode {
    ExpressionType nodeType;
    uint256 value;
}
