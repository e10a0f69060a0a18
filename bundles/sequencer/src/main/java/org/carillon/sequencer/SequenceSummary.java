package org.carillon.sequencer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a sequence has in it, in numbers.
 *
 * @param durationNs  from the start to the last end of a track; of format 2 all tracks one after the other.
 * @param events      of all tracks, their ends not counted.
 * @param tempoChanges after the start.
 * @param programs    numbers from 0, of all channels.
 */
public record SequenceSummary(int format, String division, long durationNs, int events, int notes,
        Set<Integer> channels,
        Set<Integer> programs, double slowestBpm, double fastestBpm, int tempoChanges, String timeSignature, String end,
        List<TrackSummary> tracks) {

    /**
     * A track in numbers.
     *
     * @param number   from 1.
     * @param port     from its port prefix, or -1.
     * @param notes    note-ons that start a note.
     * @param channels 1 to 16.
     */
    public record TrackSummary(int number, String name, String device, int port, int events, int notes, int sysex,
            Set<Integer> channels, Set<Integer> programs, long endTick) {}

    /** Counts a sequence. */
    public static SequenceSummary of(Sequence sequence) {
        List<TrackSummary> tracks = new ArrayList<>();
        for (Track track : sequence.tracks()) {
            tracks.add(track(tracks.size() + 1, track));
        }
        List<TempoMap> tempos = sequence.format() == 2
                ? sequence.tracks().stream().map(track -> TempoMap.of(sequence.division(), track)).toList()
                : List.of(TempoMap.of(sequence));
        long endTick = sequence.tracks().stream().mapToLong(Track::endTick).max().orElse(0);
        long durationNs = sequence.format() == 2 ? 0 : tempos.get(0).timeNs(endTick);
        for (int i = 0; sequence.format() == 2 && i < tempos.size(); i++) {
            durationNs = Saturated.add(durationNs, tempos.get(i).timeNs(sequence.tracks().get(i).endTick()));
        }
        BarMap bars = BarMap.of(sequence);
        return new SequenceSummary(sequence.format(), sequence.division().words(), durationNs, sequence.size(),
                tracks.stream().mapToInt(TrackSummary::notes).sum(),
                tracks.stream().flatMap(track -> track.channels.stream())
                        .collect(Collectors.toCollection(TreeSet::new)),
                tracks.stream().flatMap(track -> track.programs.stream())
                        .collect(Collectors.toCollection(TreeSet::new)),
                tempos.stream().mapToDouble(TempoMap::slowestBpm).min().orElse(120),
                tempos.stream().mapToDouble(TempoMap::fastestBpm).max().orElse(120),
                tempos.stream().mapToInt(TempoMap::changes).sum(), bars.signature(0),
                bars.position(endTick).toString(), List.copyOf(tracks));
    }

    private static TrackSummary track(int number, Track track) {
        BitSet channels = new BitSet();
        BitSet programs = new BitSet();
        int notes = 0;
        int sysex = 0;
        for (int i = 0; i < track.size(); i++) {
            int status = track.status(i);
            if (Midi.isChannel(status)) {
                channels.set((status & 0xF) + 1);
            }
            if ((status & 0xF0) == Midi.PROGRAM) {
                programs.set(track.byteAt(i, 1));
            }
            notes += track.isNoteOn(i) ? 1 : 0;
            sysex += status == Midi.SYSEX ? 1 : 0;
        }
        return new TrackSummary(number, track.name(), track.deviceName(), track.portPrefix(), track.size(), notes,
                sysex,
                set(channels), set(programs), track.endTick());
    }

    private static Set<Integer> set(BitSet bits) {
        return bits.stream().boxed().collect(Collectors.toCollection(TreeSet::new));
    }
}
