package org.carillon.launcher.fetch;

import java.util.Locale;

/**
 * Free sounds in packages of Debian, both of source package fluid-soundfont, licence MIT. The checksums are those of
 * Debian 12's package index, and of the files in the packages.
 */
public enum SoundPackage {
    /** Some sounds and effects, 3 MB; not all of General MIDI. */
    SMALL("fluid-soundfont-gs", 2_474_996, "f9c5b171ce1cd6c05c5dd65e2ada61c0951ef491f1c67d077aaecd6c9d6ef3e4",
            "FluidR3_GS.sf2", "aadb5597fb95ea5f7d336999e3c68ad32aa6357027aed7d4d9ff0ac75f2988e6"),
    /** All of General MIDI, 148 MB. */
    GM("fluid-soundfont-gm", 119_610_208, "6f531493ac4e4d9772fd96b2488ea1790af81c196135fbdd25997da0781fc60e",
            "FluidR3_GM.sf2", "74594e8f4250680adf590507a306655a299935343583256f3b722c48a1bc1cb0");

    private static final String VERSION = "3.1-5.3";
    private static final String POOL = "https://deb.debian.org/debian/pool/main/f/fluid-soundfont/";

    private final Parcel parcel;

    SoundPackage(String packageName, long lengthBytes, String packageSha256, String fileName, String fileSha256) {
        parcel = new Parcel(packageName, VERSION, POOL + packageName + "_" + VERSION + "_all.deb", lengthBytes,
                packageSha256, "usr/share/sounds/sf2/" + fileName, fileSha256);
    }

    /** The word for the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Parcel parcel() {
        return parcel;
    }
}
