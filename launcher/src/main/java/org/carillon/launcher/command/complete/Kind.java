package org.carillon.launcher.command.complete;

/** What is typed at a place of the command line. */
enum Kind {
    /** Nothing: an option without a value. */
    FLAG,
    /** A number or any words. */
    FREE,
    /** One of some words that are known. */
    CHOICE,
    /** A port that events come from. */
    SOURCE,
    /** A port that events go to. */
    DESTINATION,
    /** A port of either direction; options say which. */
    PORT,
    /** The number of a connection, or its source and then its destination. */
    CONNECTION,
    /** A session of a program. */
    SESSION,
    /** A file of the server's drivers folder. */
    DRIVER,
    /** A device. */
    DEVICE,
    /** A configuration that the server has. */
    CONFIGURATION,
    /** A file with a configuration; one that the server has where it is to be taken away. */
    CONFIGURATION_FILE,
    /** A file. */
    FILE,
    /** A folder. */
    FOLDER
}
