package org.carillon.sequencer;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Carillon file player", description = "Plays a Standard MIDI File by itself, for boxes "
        + "and installations. One configuration for each player. A change here starts it anew.")
@interface FilePlayerConfig {
    @AttributeDefinition(name = "Name", description = "Name of the player, unique on the server. What it plays comes "
            + "out of the source NAME:out.")
    String name();

    @AttributeDefinition(name = "File", description = "Standard MIDI File to play: .mid of format 0, 1 or 2, or .rmi. "
            + "A path that is not absolute counts from the folder in which the server was started.")
    String file();

    @AttributeDefinition(name = "Destination", description = "Port that the player is connected to; it may come later. "
            + "Empty: somebody else connects it.")
    String to() default "";

    @AttributeDefinition(name = "Start", description = "Whether it plays as soon as it is there. Otherwise it waits "
            + "for a command.")
    boolean start() default true;

    @AttributeDefinition(name = "Repeat", description = "Whether it plays again and again. Otherwise it ends with the "
            + "file.")
    boolean repeat() default false;

    @AttributeDefinition(name = "Tempo", description = "Percent of the tempo that the file says, 1 to 1000; 100 is the "
            + "file's own.", min = "1", max = "1000")
    double tempoPercent() default 100;

    @AttributeDefinition(name = "From",
            description = "Where it starts, as bar:beat. Controllers, programs and bends are "
                    + "set as if all before had been played.")
    String from() default "1:1";

    @AttributeDefinition(name = "Track", description = "Of a file of format 2, which holds several pieces: the one to "
            + "play, from 1; 0 plays one after the other.", min = "0")
    int track() default 0;

    @AttributeDefinition(name = "Look-ahead",
            description = "Milliseconds that messages are sent before their date, 5 to "
                    + "10000. Longer bears more trouble on the machine; commands wait as long.",
            min = "5", max = "10000")
    int lookAheadMs() default 200;
}
