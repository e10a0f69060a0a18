package org.carillon.launcher.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.carillon.api.port.CarillonException;
import org.carillon.sequencer.Division;
import org.carillon.sequencer.Sequence;
import org.carillon.sequencer.TrackBuilder;
import org.junit.jupiter.api.Test;

final class OrchestraTest {
    @Test
    void shouldAskForThePrograms() {
        Set<Integer> programs = Orchestra.programs(Songs.twoTracks(1));

        assertTrue(programs.containsAll(Set.of(3, 48, 0, 128 * 128)), programs.toString());
        assertEquals(4, programs.size(), programs.toString());
    }

    @Test
    void shouldAskForBanksAndKits() {
        TrackBuilder track = new TrackBuilder().add(0, 0xB0, 0, 1).add(0, 0xB0, 32, 2).add(0, 0xC0, 5, 0)
                .add(0, 0xC9, 16, 0);
        Set<Integer> programs = Orchestra.programs(new Sequence(0, Division.ofQuarter(96), List.of(track.build())));

        assertTrue(programs.containsAll(Set.of((1 * 128 + 2) * 128 + 5, 128 + 5, 2 * 128 + 5, 5, 128 * 128 + 16)),
                programs.toString());
    }

    @Test
    void shouldNameTheInstrumentThatIsNotThere() {
        CarillonException e = assertThrows(CarillonException.class,
                () -> Orchestra.of(Path.of("nowhere/none.sf2"), Songs.twoTracks(1)));

        assertTrue(e.getMessage().contains("nowhere/none.sf2"), e.getMessage());
    }
}
