"""The only room with a socket: what to fetch, when, how politely; and the command."""
