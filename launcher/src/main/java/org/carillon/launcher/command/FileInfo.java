package org.carillon.launcher.command;

import com.eclipsesource.json.JsonObject;

/** What is known of a file. */
interface FileInfo {
    int SCHEMA = 1;

    /** How much in it is not as it should be. */
    int findings();

    JsonObject json();

    String text();
}
