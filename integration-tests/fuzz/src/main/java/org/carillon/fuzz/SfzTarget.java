package org.carillon.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** SFZ files that include each other and a WAV file: regions that lie in their samples, or one clear message. */
public final class SfzTarget {
    private static final InstrumentFile FILES = new InstrumentFile();
    private static final int FRAMES = 100;
    private static final int MAX_WORDS = 200;

    /** The words of the format, so that files come about sooner than by chance. */
    private static final String[] WORDS = {"<region>", "<group>", "<master>", "<global>", "<control>", "<curve>",
        "sample=a.wav ", "sample=*saw ", "sample=*noise ", "sample=", "key=", "lokey=", "hikey=", "lovel=", "hivel=",
        "lochan=", "hirand=", "seq_length=", "seq_position=", "trigger=", "release ", "group=", "off_by=", "off_mode=",
        "offset=", "end=", "loop_mode=loop_continuous ", "loop_start=", "loop_end=", "transpose=", "tune=",
        "pitch_keycenter=", "pitch_keytrack=", "bend_up=", "volume=", "amplitude=", "pan=", "amp_veltrack=",
        "ampeg_attack=", "ampeg_sustain=", "fil_type=", "lpf_1p ", "cutoff=", "resonance=", "fil_keycenter=",
        "default_path=", "note_offset=", "octave_offset=", "set_cc1=", "locc1=", "sw_last=", "sw_default=", "0 ", "1 ",
        "-1 ", "60 ", "99 ", "100 ", "127 ", "c4 ", "G#9 ", "0.5 ", "1e9 ", "99999999999999999999 ", "$A", "$AB ",
        "#define $A ", "#define $AB ", "#include \"b.sfz\"", "#include \"c.sfz\"", "\n", " ", "//", "/*", "*/", "=",
        "<", ">", "\"", "\\", "../", "\0"};

    static {
        FILES.write("a.wav", wav());
    }

    private SfzTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] included = text(data, MAX_WORDS / 4);
        byte[] other = text(data, MAX_WORDS / 4);
        byte[] outer = text(data, MAX_WORDS);
        FILES.write("b.sfz", included);
        FILES.write("c.sfz", other);
        FILES.write("a.sfz", outer);
        FILES.load("a.sfz", included.length + other.length + outer.length);
    }

    private static byte[] text(FuzzedDataProvider data, int maxWords) {
        if (data.consumeProbabilityDouble() < 0.1) {
            return data.consumeBytes(maxWords);
        }
        StringBuilder text = new StringBuilder();
        int words = data.consumeInt(0, maxWords);
        for (int i = 0; i < words && data.remainingBytes() > 0; i++) {
            text.append(data.consumeProbabilityDouble() < 0.95 ? data.pickValue(WORDS) : data.consumeString(6));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] wav() {
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        wav.writeBytes("RIFF\0\0\0\0WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1));
        InstrumentFile.put(wav, 4, 16);
        InstrumentFile.put(wav, 4, 0x1_0001);
        InstrumentFile.put(wav, 4, 48_000);
        InstrumentFile.put(wav, 4, 48_000);
        InstrumentFile.put(wav, 4, 0x8_0001);
        wav.writeBytes("data".getBytes(StandardCharsets.ISO_8859_1));
        InstrumentFile.put(wav, 4, FRAMES);
        wav.writeBytes(new byte[FRAMES]);
        return wav.toByteArray();
    }
}
