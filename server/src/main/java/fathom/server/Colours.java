package fathom.server;

import java.util.List;

import fathom.rendering.Colormap;
import fathom.server.wire.ColormapsWire.Table;

/** The colour schemes of {@code fathom.rendering} for the browser. Reversed schemes are omitted: the page reverses schemes. */
final class Colours {
    private static final String REVERSED = "_r";

    private Colours() {}

    static List<Table> tables() {
        return Colormap.names().stream().filter(name -> !name.endsWith(REVERSED))
                .map(name -> new Table(name, Colormap.byName(name).hex())).toList();
    }
}
