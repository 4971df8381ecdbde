// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {AccessManaged} from "./AccessManaged.sol";
import {Roles} from "./Roles.sol";

/// Models what a custodian can freeze: a whole address, or an amount of it.
/// Works while paused, as on the real one. A practice contract: never deployed to a real network.
abstract contract CustodianState is ERC20, AccessManaged {
    event AddressFrozen(address indexed sender, address indexed userAddress, bool indexed isFrozen);
    event TokensFrozen(address indexed sender, address indexed user, uint256 indexed amount);
    event TokensUnfrozen(address indexed sender, address indexed user, uint256 indexed amount);

    error FreezeAmountExceedsAvailableBalance(uint256 available, uint256 requested);
    error InsufficientFrozenTokens(uint256 frozenBalance, uint256 requested);
    error SenderAddressFrozen();
    error RecipientAddressFrozen();

    mapping(address wallet => bool) private _frozen;
    mapping(address wallet => uint256 amount) private _frozenTokens;

    function setAddressFrozen(address userAddress, bool freeze) external onlyRole(Roles.CUSTODIAN_ROLE) {
        _setFrozen(userAddress, freeze);
    }

    function freezePartialTokens(address userAddress, uint256 amount) external onlyRole(Roles.CUSTODIAN_ROLE) {
        uint256 available = _spendable(userAddress);
        if (available < amount) revert FreezeAmountExceedsAvailableBalance(available, amount);
        _frozenTokens[userAddress] += amount;
        emit TokensFrozen(msg.sender, userAddress, amount);
    }

    function unfreezePartialTokens(address userAddress, uint256 amount) external onlyRole(Roles.CUSTODIAN_ROLE) {
        uint256 frozen = _frozenTokens[userAddress];
        if (frozen < amount) revert InsufficientFrozenTokens(frozen, amount);
        _unfreeze(userAddress, amount);
    }

    function isFrozen(address userAddress) external view returns (bool) {
        return _frozen[userAddress];
    }

    function getFrozenTokens(address userAddress) external view returns (uint256) {
        return _frozenTokens[userAddress];
    }

    function _requireNotFrozen(address from, address to, uint256 amount) internal view {
        if (_frozen[from]) revert SenderAddressFrozen();
        if (_frozen[to]) revert RecipientAddressFrozen();
        bool minting = from == address(0);
        if (minting) return;
        uint256 available = _spendable(from);
        if (available < amount) revert ERC20InsufficientBalance(from, available, amount);
    }

    /// Takes from the frozen part what the free part does not cover; call before the balance changes.
    function _unfreezeShortfall(address from, uint256 amount) internal {
        uint256 available = _spendable(from);
        if (amount > available) _unfreeze(from, amount - available);
    }

    /// Carries the freezes of the lost wallet over, with the two oddities of the real one: a frozen amount that the
    /// new wallet had is overwritten, and a frozen new wallet is unfrozen where the lost one was not frozen.
    function _carryFreezes(address lostWallet, address newWallet) internal {
        uint256 amount = _frozenTokens[lostWallet];
        if (amount > 0) {
            _unfreeze(lostWallet, amount);
            _frozenTokens[newWallet] = amount;
            emit TokensFrozen(msg.sender, newWallet, amount);
        }
        if (_frozen[lostWallet]) {
            _setFrozen(newWallet, true);
            _setFrozen(lostWallet, false);
        } else if (_frozen[newWallet]) {
            _setFrozen(newWallet, false);
        }
    }

    function _setFrozen(address userAddress, bool freeze) private {
        _frozen[userAddress] = freeze;
        emit AddressFrozen(msg.sender, userAddress, freeze);
    }

    function _unfreeze(address userAddress, uint256 amount) private {
        _frozenTokens[userAddress] -= amount;
        emit TokensUnfrozen(msg.sender, userAddress, amount);
    }

    function _spendable(address userAddress) private view returns (uint256) {
        return balanceOf(userAddress) - _frozenTokens[userAddress];
    }
}
