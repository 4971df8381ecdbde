// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";
import {ContractWallet} from "./ContractWallet.sol";

/// Models a factory of smart accounts with the two functions that factories of ERC-4337 accounts have: anybody may have
/// an account made, at an address that owner and salt alone decide. Deliberately without an entry point, and without an
/// event: who asks for an account makes no difference to it. A practice contract: never deployed to a real network.
contract AccountFactory {
    error ZeroAddressNotAllowed();

    /// Answers the account that is there already where there is one, and changes nothing then.
    function createAccount(address owner, uint256 salt) external returns (address account) {
        if (owner == address(0)) revert ZeroAddressNotAllowed();
        account = getAddress(owner, salt);
        if (account.code.length > 0) return account;
        account = address(new ContractWallet{salt: bytes32(salt)}(owner));
    }

    function getAddress(address owner, uint256 salt) public view returns (address) {
        bytes memory creation = abi.encodePacked(type(ContractWallet).creationCode, abi.encode(owner));
        return Create2.computeAddress(bytes32(salt), keccak256(creation));
    }
}
