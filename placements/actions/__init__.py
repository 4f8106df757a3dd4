"""What practitioners do: each action locks, checks permission and state, writes, logs, and tells whom it must."""
