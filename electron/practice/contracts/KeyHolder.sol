// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// Models ERC-734 keys. Purposes: 1 management, 2 action, 3 claim signer; a management key serves every purpose.
/// Deliberately without the approval queue: execute runs at once or reverts.
/// A practice contract: never deployed to a real network.
abstract contract KeyHolder {
    struct Key {
        uint256[] purposes;
        uint256 keyType;
    }

    uint256 internal constant MANAGEMENT = 1;
    uint256 internal constant ACTION = 2;
    uint256 internal constant CLAIM_SIGNER = 3;
    uint256 internal constant ECDSA = 1;

    event KeyAdded(bytes32 indexed key, uint256 indexed purpose, uint256 indexed keyType);
    event KeyRemoved(bytes32 indexed key, uint256 indexed purpose, uint256 indexed keyType);
    event Executed(uint256 indexed executionId, address indexed to, uint256 indexed value, bytes data);

    error SenderLacksManagementKey();
    error SenderLacksActionKey();
    error KeyAlreadyHasThisPurpose(bytes32 key, uint256 purpose);
    error KeyDoesNotHavePurpose(bytes32 key, uint256 purpose);

    mapping(bytes32 key => Key) private _keys;
    mapping(uint256 purpose => bytes32[] keys) private _keysByPurpose;
    uint256 private _executions;

    modifier onlyManagement() {
        if (msg.sender != address(this) && !keyHasPurpose(keyOf(msg.sender), MANAGEMENT)) {
            revert SenderLacksManagementKey();
        }
        _;
    }

    receive() external payable {}

    function addKey(bytes32 key, uint256 purpose, uint256 keyType) external onlyManagement returns (bool) {
        _addKey(key, purpose, keyType);
        return true;
    }

    function removeKey(bytes32 key, uint256 purpose) external onlyManagement returns (bool) {
        uint256[] storage purposes = _keys[key].purposes;
        for (uint256 i = 0; i < purposes.length; ++i) {
            if (purposes[i] != purpose) continue;
            uint256 keyType = _keys[key].keyType;
            purposes[i] = purposes[purposes.length - 1];
            purposes.pop();
            if (purposes.length == 0) delete _keys[key];
            _removeFromPurpose(key, purpose);
            emit KeyRemoved(key, purpose, keyType);
            return true;
        }
        revert KeyDoesNotHavePurpose(key, purpose);
    }

    function execute(address to, uint256 value, bytes calldata data) external payable returns (uint256 executionId) {
        bytes32 sender = keyOf(msg.sender);
        if (to == address(this)) {
            if (!keyHasPurpose(sender, MANAGEMENT)) revert SenderLacksManagementKey();
        } else if (!keyHasPurpose(sender, ACTION)) {
            revert SenderLacksActionKey();
        }
        executionId = _executions++;
        Address.functionCallWithValue(to, data, value);
        emit Executed(executionId, to, value, data);
    }

    function getKey(
        bytes32 key
    ) external view returns (uint256[] memory purposes, uint256 keyType, bytes32 keyHash) {
        Key storage stored = _keys[key];
        return (stored.purposes, stored.keyType, stored.purposes.length == 0 ? bytes32(0) : key);
    }

    function getKeyPurposes(bytes32 key) external view returns (uint256[] memory) {
        return _keys[key].purposes;
    }

    function getKeysByPurpose(uint256 purpose) external view returns (bytes32[] memory) {
        return _keysByPurpose[purpose];
    }

    function keyHasPurpose(bytes32 key, uint256 purpose) public view returns (bool) {
        uint256[] storage purposes = _keys[key].purposes;
        for (uint256 i = 0; i < purposes.length; ++i) {
            if (purposes[i] == purpose || purposes[i] == MANAGEMENT) return true;
        }
        return false;
    }

    function keyOf(address account) internal pure returns (bytes32) {
        return keccak256(abi.encode(account));
    }

    function _addKey(bytes32 key, uint256 purpose, uint256 keyType) internal {
        Key storage stored = _keys[key];
        for (uint256 i = 0; i < stored.purposes.length; ++i) {
            if (stored.purposes[i] == purpose) revert KeyAlreadyHasThisPurpose(key, purpose);
        }
        stored.purposes.push(purpose);
        stored.keyType = keyType;
        _keysByPurpose[purpose].push(key);
        emit KeyAdded(key, purpose, keyType);
    }

    function _removeFromPurpose(bytes32 key, uint256 purpose) private {
        bytes32[] storage keys = _keysByPurpose[purpose];
        for (uint256 i = 0; i < keys.length; ++i) {
            if (keys[i] != key) continue;
            keys[i] = keys[keys.length - 1];
            keys.pop();
            return;
        }
    }
}
