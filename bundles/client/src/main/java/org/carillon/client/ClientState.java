package org.carillon.client;

/** How a client stands with its server. */
public enum ClientState {
    /** It has no session; nobody has asked for a server. */
    PASSIVE,
    /** All its sessions are there. */
    ACTIVE,
    /** The server is unreachable: every call that needs it fails at once, until it is back. */
    EXCEPTION
}
