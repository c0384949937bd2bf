package fathom.server.wire;

import java.util.List;

/**
 * The colour schemes, the first being the default.
 *
 * @param colormaps all of them
 */
public record ColormapsWire(List<Table> colormaps) {
    /**
     * One colour scheme.
     *
     * @param name its name
     * @param colours 256 colours, {@code rrggbb} each, one after the other
     */
    public record Table(String name, String colours) {}
}
