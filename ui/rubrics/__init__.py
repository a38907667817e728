"""The page Bộ tiêu chí: the sets with their versions, one of them read, a new one brought in, a draft worked on."""
