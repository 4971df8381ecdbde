// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {ComplianceModule as Module} from "./ComplianceModule.sol";
import {CustodianState} from "./CustodianState.sol";
import {IdentityRegistry} from "./IdentityRegistry.sol";
import {Roles} from "./Roles.sol";

/// Models a regulated token: pause, freezes, compliance modules, and recovery of a lost wallet's whole balance.
/// A recovery checks role, balance, link and pause, in this order. Deliberately without yield, settlement, vesting
/// and upgrades. A practice contract: never deployed to a real network.
contract SecurityToken is CustodianState, ERC165, Initializable {
    struct ComplianceModule {
        address module;
        bytes params;
    }

    bytes4 private constant ISMART_CUSTODIAN = 0x25e5ad79;
    bytes4 private constant ISMART_PAUSABLE = 0xe78a39d8;
    bytes4 private constant ISMART_TOKEN_ACCESS_MANAGED = 0x6c1a283c;

    event TokensRecovered(
        address indexed sender,
        address indexed lostWallet,
        address indexed newWallet,
        uint256 amount
    );
    event ForcedTransfer(address indexed sender, address indexed from, address indexed to, uint256 amount);
    event Paused(address indexed sender);
    event Unpaused(address indexed sender);

    error TokenPaused();
    error ExpectedPause();
    error NoTokensToRecover();
    error InvalidLostWallet();
    error ZeroAddressNotAllowed();

    string private _tokenName;
    string private _tokenSymbol;
    uint8 private _tokenDecimals;
    bool private _paused;
    bool private _forced;
    address private _identityRegistry;
    address private _onchainID;
    ComplianceModule[] private _modules;

    constructor() ERC20("", "") {
        _disableInitializers();
    }

    function initialize(
        string calldata name_,
        string calldata symbol_,
        uint8 decimals_,
        address accessManager_,
        address identityRegistry_,
        address onchainID_,
        ComplianceModule[] calldata modules
    ) external initializer {
        _tokenName = name_;
        _tokenSymbol = symbol_;
        _tokenDecimals = decimals_;
        _setAccessManager(accessManager_);
        _identityRegistry = identityRegistry_;
        _onchainID = onchainID_;
        for (uint256 i = 0; i < modules.length; ++i) {
            _modules.push(modules[i]);
        }
    }

    function mint(address to, uint256 amount) external onlyRole(Roles.SUPPLY_MANAGEMENT_ROLE) {
        _mint(to, amount);
    }

    function burn(address from, uint256 amount) external onlyRole(Roles.SUPPLY_MANAGEMENT_ROLE) {
        _forcedMove(from, address(0), amount);
    }

    function pause() external onlyRole(Roles.EMERGENCY_ROLE) {
        if (_paused) revert TokenPaused();
        _paused = true;
        emit Paused(msg.sender);
    }

    function unpause() external onlyRole(Roles.EMERGENCY_ROLE) {
        if (!_paused) revert ExpectedPause();
        _paused = false;
        emit Unpaused(msg.sender);
    }

    function forcedTransfer(
        address from,
        address to,
        uint256 amount
    ) external onlyRole(Roles.CUSTODIAN_ROLE) returns (bool) {
        _forcedMove(from, to, amount);
        emit ForcedTransfer(msg.sender, from, to, amount);
        return true;
    }

    function forcedRecoverTokens(address lostWallet, address newWallet) external onlyRole(Roles.CUSTODIAN_ROLE) {
        _recover(lostWallet, newWallet);
    }

    /// The replacement wallet itself may fetch what the lost wallet held; it needs no role.
    function recoverTokens(address lostWallet) external {
        _recover(lostWallet, msg.sender);
    }

    function paused() external view returns (bool) {
        return _paused;
    }

    function identityRegistry() external view returns (address) {
        return _identityRegistry;
    }

    function onchainID() external view returns (address) {
        return _onchainID;
    }

    function complianceModules() external view returns (ComplianceModule[] memory) {
        return _modules;
    }

    function name() public view override returns (string memory) {
        return _tokenName;
    }

    function symbol() public view override returns (string memory) {
        return _tokenSymbol;
    }

    function decimals() public view override returns (uint8) {
        return _tokenDecimals;
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        bytes4[] memory ids = interfaces();
        for (uint256 i = 0; i < ids.length; ++i) {
            if (interfaceId == ids[i]) return true;
        }
        return super.supportsInterface(interfaceId);
    }

    function interfaces() public pure returns (bytes4[] memory ids) {
        ids = new bytes4[](5);
        ids[0] = type(IERC20).interfaceId;
        ids[1] = type(IERC20Metadata).interfaceId;
        ids[2] = ISMART_CUSTODIAN;
        ids[3] = ISMART_PAUSABLE;
        ids[4] = ISMART_TOKEN_ACCESS_MANAGED;
    }

    function _recover(address lostWallet, address newWallet) private {
        if (lostWallet == address(0)) revert ZeroAddressNotAllowed();
        uint256 amount = balanceOf(lostWallet);
        if (amount == 0) revert NoTokensToRecover();
        IdentityRegistry registry = IdentityRegistry(_identityRegistry);
        if (registry.getRecoveredWallet(lostWallet) != newWallet) revert InvalidLostWallet();
        if (!registry.isWalletLost(lostWallet)) revert InvalidLostWallet();
        _forced = true;
        _transfer(lostWallet, newWallet, amount);
        _forced = false;
        _carryFreezes(lostWallet, newWallet);
        emit TokensRecovered(msg.sender, lostWallet, newWallet, amount);
    }

    function _forcedMove(address from, address to, uint256 amount) private {
        uint256 balance = balanceOf(from);
        if (balance < amount) revert ERC20InsufficientBalance(from, balance, amount);
        _unfreezeShortfall(from, amount);
        _forced = true;
        if (to == address(0)) _burn(from, amount);
        else _transfer(from, to, amount);
        _forced = false;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (_paused) revert TokenPaused();
        if (!_forced) {
            _requireNotFrozen(from, to, amount);
            _askModules(from, to, amount);
        }
        super._update(from, to, amount);
        _tellModules(from, to, amount);
    }

    function _askModules(address from, address to, uint256 amount) private view {
        for (uint256 i = 0; i < _modules.length; ++i) {
            ComplianceModule memory entry = _modules[i];
            Module(entry.module).canTransfer(address(this), from, to, amount, entry.params);
        }
    }

    function _tellModules(address from, address to, uint256 amount) private {
        for (uint256 i = 0; i < _modules.length; ++i) {
            ComplianceModule memory entry = _modules[i];
            Module module = Module(entry.module);
            if (from == address(0)) module.created(address(this), to, amount, entry.params);
            else if (to == address(0)) module.destroyed(address(this), from, amount, entry.params);
            else module.transferred(address(this), from, to, amount, entry.params);
        }
    }
}
