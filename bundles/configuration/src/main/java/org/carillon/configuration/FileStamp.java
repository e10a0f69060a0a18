package org.carillon.configuration;

/**
 * What a file looks like from outside: another stamp is another content.
 *
 * @param key       identity of the file where the system tells one; renaming over a file changes it.
 * @param objection why it must not be used, empty where nothing speaks against it.
 */
record FileStamp(long sizeBytes, long modifiedNs, String key, String objection) {}
