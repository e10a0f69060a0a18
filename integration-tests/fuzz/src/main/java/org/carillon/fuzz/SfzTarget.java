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
    private static final String[] WORDS = {"\n<region> ", " <region>", " sample=a.wav ", " sample=*sine ",
        " sample=*noise ", "<group> ", "<master> ", "<global> ", "<control> ", "<curve> ",
        " loop_mode=loop_continuous ",
        " loop_mode=one_shot ", " fil_type=lpf_1p ", " trigger=release ", "#define $A ", "#define $AB ", "$A", "$AB ",
        "#include \"b.sfz\"", "#include \"c.sfz\"", "\n", "//", "/*", "*/", "=", "<", ">", "\"", "\\", "../", "\0"};
    private static final String[] BEGINNINGS = {"", "<region> sample=a.wav ",
        "<region> sample=a.wav loop_mode=loop_continuous "};
    private static final String[] OPCODES = {"sample", "key", "lokey", "hikey", "lovel", "hivel", "lochan", "hichan",
        "lorand", "hirand", "seq_length", "seq_position", "trigger", "group", "off_by", "off_mode", "offset", "end",
        "loop_mode", "loop_start", "loop_end", "transpose", "tune", "pitch_keycenter", "pitch_keytrack", "bend_up",
        "bend_down", "volume", "amplitude", "pan", "amp_veltrack", "ampeg_attack", "ampeg_decay", "ampeg_sustain",
        "fil_type", "cutoff", "resonance", "fil_keycenter", "fil_keytrack", "fil_veltrack", "default_path",
        "note_offset", "octave_offset", "set_cc1", "locc1", "sw_last", "sw_default", "other"};
    private static final String[] VALUES = {"0", "1", "-1", "2", "60", "99", "100", "127", "128", "-127", "9600",
        "-9600", "c4", "G#9", "sample", "0.5", "1e9", "99999999999999999", "$A"};

    static {
        FILES.write("a.wav", wav());
    }

    private SfzTarget() {}

    /** Called by Jazzer with the bytes of its choice. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] outer = text(data, MAX_WORDS);
        byte[] included = text(data, MAX_WORDS / 4);
        byte[] other = text(data, MAX_WORDS / 4);
        FILES.write("b.sfz", included);
        FILES.write("c.sfz", other);
        FILES.write("a.sfz", outer);
        FILES.load("a.sfz", included.length + other.length + outer.length);
    }

    private static byte[] text(FuzzedDataProvider data, int maxWords) {
        if (InstrumentFile.seldom(data)) {
            return data.consumeBytes(maxWords);
        }
        StringBuilder text = new StringBuilder(data.pickValue(BEGINNINGS));
        int words = data.consumeInt(0, maxWords);
        for (int i = 0; i < words && data.remainingBytes() > 0; i++) {
            switch (data.consumeInt(0, 10)) {
                case 0, 1, 2, 3 -> text.append(data.pickValue(WORDS));
                case 10 -> text.append(data.consumeString(6));
                default -> text.append(' ').append(data.pickValue(OPCODES)).append('=').append(data.pickValue(VALUES));
            }
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
