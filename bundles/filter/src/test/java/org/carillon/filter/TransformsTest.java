package org.carillon.filter;

import static org.carillon.filter.Message.assertBecomes;
import static org.carillon.filter.Message.assertPass;
import static org.carillon.filter.Message.assertStop;
import static org.carillon.filter.Message.controller;
import static org.carillon.filter.Message.noteOff;
import static org.carillon.filter.Message.noteOn;
import static org.carillon.filter.Message.polyPressure;
import static org.carillon.filter.Message.program;
import static org.carillon.filter.Message.wholeNote;

import org.junit.jupiter.api.Test;

class TransformsTest {
    @Test
    void shouldChangeChannels() {
        assertBecomes(noteOn(16, 60, 9), "chset 16", noteOn(1, 60, 9));
        assertBecomes(program(1, 4), "chset 1", program(12, 4));
        assertBecomes(noteOff(10, 60), "chmap 1 10", noteOff(1, 60));
        assertPass("chmap 1 10", noteOff(2, 60));
    }

    @Test
    void shouldTransposeAndDropWhatIsNoNote() {
        assertBecomes(noteOn(1, 72, 9), "transp 12", noteOn(1, 60, 9));
        assertBecomes(polyPressure(1, 72, 9), "transp +12", polyPressure(1, 60, 9));
        assertBecomes(wholeNote(1, 48, 9), "transp -0xC", wholeNote(1, 60, 9));
        assertBecomes(noteOn(1, 127, 9), "transp 12", noteOn(1, 115, 9));
        assertStop("transp 12", noteOn(1, 116, 9), noteOff(1, 127));
        assertStop("transp -12", noteOn(1, 11, 9));
        assertStop("transp 12 transp -12", noteOn(1, 127, 9));
    }

    @Test
    void shouldMapNotesControllersAndPrograms() {
        assertBecomes(noteOn(1, 38, 9), "notemap C2 D2", noteOn(1, 36, 9));
        assertPass("notemap C2 D2", noteOn(1, 38, 9));
        assertBecomes(controller(1, 11, 9), "ccmap 7 11", controller(1, 7, 9));
        assertPass("ccmap 7 11", controller(1, 8, 9));
        assertBecomes(program(1, 40), "pcmap 0 40", program(1, 0));
        assertPass("pcmap 0 40", program(1, 1));
    }

    @Test
    void shouldKeepVelocitiesAudible() {
        assertBecomes(noteOn(1, 60, 50), "velscale 0.5", noteOn(1, 60, 100));
        assertBecomes(noteOn(1, 60, 1), "velscale 0", noteOn(1, 60, 100));
        assertBecomes(noteOn(1, 60, 127), "velscale 100", noteOn(1, 60, 100));
        assertBecomes(noteOn(1, 60, 1), "velclip 0 0", noteOn(1, 60, 100));
        assertBecomes(noteOn(1, 60, 1), "velcurve 100", noteOn(1, 60, 2));
        assertPass("velscale 0.5 velclip 40..50 velcurve 2", noteOn(1, 60, 0), noteOff(1, 60), polyPressure(1, 60, 2));
    }

    @Test
    void shouldShapeVelocities() {
        assertBecomes(noteOn(1, 60, 127), "velcurve 0.5", noteOn(1, 60, 127));
        assertBecomes(noteOn(1, 60, 90), "velcurve .5", noteOn(1, 60, 64));
        assertBecomes(noteOn(1, 60, 32), "velcurve 2", noteOn(1, 60, 64));
        assertBecomes(wholeNote(1, 60, 40), "velclip 40 100", wholeNote(1, 60, 3));
        assertBecomes(noteOn(1, 60, 100), "velclip 40..100", noteOn(1, 60, 101));
        assertPass("velclip 40..100", noteOn(1, 60, 77));
    }

    @Test
    void shouldShapeValuesOfOneController() {
        assertBecomes(controller(1, 7, 127), "ccscale 7 1.5", controller(1, 7, 100));
        assertBecomes(controller(1, 7, 0), "ccscale 7 0", controller(1, 7, 100));
        assertPass("ccscale 7 0", controller(1, 8, 100));
        assertBecomes(controller(1, 7, 32), "cccurve 7 2", controller(1, 7, 64));
        assertPass("cccurve 7 2", controller(1, 7, 0), controller(1, 7, 127), controller(1, 6, 64));
        assertBecomes(controller(1, 7, 5), "ccset 7 5", controller(1, 7, 64));
        assertPass("ccset 7 5", controller(1, 8, 64));
    }

    @Test
    void shouldRescaleValuesOfOneController() {
        for (String words : new String[]{"ccrescale 7 0 127 64 96", "ccrescale 7 0..127 64..96"}) {
            assertBecomes(controller(1, 7, 64), words, controller(1, 7, 0));
            assertBecomes(controller(1, 7, 96), words, controller(1, 7, 127));
            assertBecomes(controller(1, 7, 80), words, controller(1, 7, 64));
        }
        assertBecomes(controller(1, 7, 27), "ccrescale 7 0 127 127 0", controller(1, 7, 100));
        assertBecomes(controller(1, 7, 0), "ccrescale 7 20 30 0 127", controller(1, 7, 3));
        assertBecomes(controller(1, 7, 127), "ccrescale 7 20 30 0..127", controller(1, 7, 99));
        assertBecomes(controller(1, 7, 10), "ccrescale 7 20 20 10 30", controller(1, 7, 99));
        assertPass("ccrescale 7 20 30 0 127", controller(1, 8, 3));
    }
}
