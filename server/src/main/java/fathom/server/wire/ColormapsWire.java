package fathom.server.wire;

import java.util.List;

/**
 * The colour schemes. The first is the default.
 *
 * @param colormaps all colour schemes
 */
public record ColormapsWire(List<Table> colormaps) {
    /**
     * One colour scheme.
     *
     * @param name its name
     * @param colours 256 colours, {@code rrggbb} each, concatenated
     */
    public record Table(String name, String colours) {}
}
