// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ExpressionNode} from "./ClaimExpression.sol";
import {ComplianceModule} from "./ComplianceModule.sol";
import {IdentityRegistry} from "./IdentityRegistry.sol";

interface IRegistryHolder {
    function identityRegistry() external view returns (address);
}

/// Models the rule that a receiver is registered, not marked lost, and holds the claims that the token asks for.
/// Its parameters are abi.encode(ExpressionNode[]). It looks at the receiver only: that is why a lost wallet can
/// still send. A practice contract: never deployed to a real network.
contract IdentityVerificationModule is ComplianceModule {
    function canTransfer(
        address token,
        address,
        address to,
        uint256,
        bytes calldata params
    ) external view override {
        IdentityRegistry registry = IdentityRegistry(IRegistryHolder(token).identityRegistry());
        ExpressionNode[] memory expression = abi.decode(params, (ExpressionNode[]));
        if (!registry.isVerified(to, expression)) revert ComplianceCheckFailed("Recipient not verified");
    }

    function name() external pure override returns (string memory) {
        return "Identity verification";
    }
}
