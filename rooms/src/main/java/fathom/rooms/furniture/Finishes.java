package fathom.rooms.furniture;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Paint;
import fathom.rooms.tracing.Texture;

/** The paints, woods, cloths and metals of one room, chosen to match. */
final class Finishes {
    final Dice dice;
    final Material wall;
    final Material accent;
    final Material ceiling;
    final Material trim;
    final Material floor;
    final Material wood;
    final Material darkWood;
    final Material metal;
    final Material black;
    final Material white;
    final Material shade;
    /** Hue of the cloths, in revolutions. */
    final double hue;

    Finishes(Dice dice) {
        this.dice = dice;
        Paint paint = dice.pick(Paint.of(0xE9E4D8), Paint.of(0xDEDCD6), Paint.of(0xE6DCC6), Paint.of(0xC9D2D2),
                Paint.of(0xCBD3C0), Paint.of(0xE3D3C2), Paint.of(0xD5D8DE), Paint.of(0xEDE9E1));
        wall = Material.matt(new Texture.Plain(paint, 0.035f, seed()));
        accent = accent(paint);
        ceiling = Material.matt(new Texture.Plain(Paint.of(0xEFEDE8), 0.02f, seed()));
        trim = Material.glossy(new Texture.Plain(Paint.of(0xEDEBE6), 0.01f, seed()), 0.5, 0.35);
        floor = floor();
        wood = wood(0xC79A63, 0xA8783F, 0xD8B98C, 0xB5814F);
        darkWood = wood(0x6B4429, 0x4A2F20, 0x7D5230, 0x553A2B);
        metal = new Material(new Texture.Plain(Paint.of(0x9A9C9E), 0.03f, seed()), 0.9f, 0.25f, 0, 0.35f);
        black = new Material(new Texture.Plain(Paint.of(0x1B1B1D), 0.05f, seed()), 0.6f, 0.3f, 0, 0.75f);
        white = Material.glossy(new Texture.Plain(Paint.of(0xE8E8E6), 0.01f, seed()), 0.6, 0.25);
        shade = Material.shining(new Texture.Plain(Paint.of(0xFFE3B5), 0.05f, seed()), 1);
        hue = dice.unit();
    }

    int seed() {
        return (int) dice.next();
    }

    private Material accent(Paint paint) {
        if (dice.chance(0.35)) {
            Paint print = paint.times(dice.between(0.78, 0.9)).towards(Paint.ofHue(dice.unit(), 0.3, 0.6), 0.25);
            return Material.matt(
                    new Texture.Wallpaper(paint, print, (float) dice.between(0.1, 0.24), dice.whole(0, 1), seed()));
        }
        if (dice.chance(0.12)) {
            return Material
                    .matt(new Texture.Bricks(Paint.of(0xA5624B), Paint.of(0x7F4536), Paint.of(0xB7ADA0), seed()));
        }
        if (dice.chance(0.5)) {
            return Material.matt(new Texture.Plain(dice.pick(Paint.of(0x6F8791), Paint.of(0x8A9A7B), Paint.of(0xB98A6A),
                    Paint.of(0x5D6B7A), Paint.of(0xA9A39A), Paint.of(0x9B5F4D)), 0.04f, seed()));
        }
        return wall;
    }

    private Material floor() {
        double choice = dice.unit();
        if (choice < 0.55) {
            Paint light = dice.pick(Paint.of(0xC89D68), Paint.of(0xB5824C), Paint.of(0x9A6A40), Paint.of(0xD2B48A));
            Texture planks = new Texture.Planks(light, light.times(dice.between(0.42, 0.6)),
                    (float) dice.between(0.08, 0.19), (float) dice.between(0.9, 1.8), seed());
            return Material.glossy(planks, dice.between(0.55, 0.95), dice.between(0.12, 0.4));
        }
        if (choice < 0.72) {
            Paint even = dice.pick(Paint.of(0xD8D2C6), Paint.of(0xBFB6A8), Paint.of(0xA8A6A2), Paint.of(0xC7A98A));
            Paint odd = dice.chance(0.25) ? even.times(0.55) : even;
            Texture tiles = new Texture.Tiles(even, odd, Paint.of(0x8F8A83), dice.pick(0.3f, 0.4f, 0.45f, 0.6f), 0.006f,
                    seed());
            return Material.glossy(tiles, 0.9, dice.between(0.05, 0.2));
        }
        Paint pile = dice.pick(Paint.of(0xA79C8B), Paint.of(0x8E8A86), Paint.of(0x7C7F86), Paint.of(0xB7A78C));
        return Material.matt(new Texture.Carpet(pile, pile.times(0.55), seed()));
    }

    private Material wood(Integer... tones) {
        Paint light = Paint.of(dice.pick(tones));
        return Material.glossy(new Texture.Wood(light, light.times(0.5), seed()), 0.5, 0.35);
    }

    /** Returns cloth near the hue of the room, or sometimes of the opposite hue. */
    Material cloth() {
        double h = hue + dice.between(-0.06, 0.06) + (dice.chance(0.25) ? 0.5 : 0);
        Paint paint = Paint.ofHue(h, dice.between(0.08, 0.42), dice.between(0.35, 0.8));
        return cloth(paint, dice.chance(0.3) ? dice.whole(1, 2) : 0);
    }

    /** Returns cloth of the given paint, plain (0), striped (1) or checked (2). */
    Material cloth(Paint paint, int style) {
        Paint other = paint.towards(Paint.of(0xF2EFE8), dice.between(0.4, 0.8));
        return Material.matt(new Texture.Fabric(paint, other, (float) dice.between(0.05, 0.14), style, seed()));
    }

    /** Returns cloth that is almost white. */
    Material linen() {
        return cloth(dice.pick(Paint.of(0xE7E3DA), Paint.of(0xDDDDE0), Paint.of(0xE9DFD0)), 0);
    }

    /** Returns cloth for a sofa in muted colours. */
    Material upholstery() {
        Paint paint = dice.pick(Paint.of(0x7E7A74), Paint.of(0x5E6670), Paint.of(0xA99B85), Paint.of(0x7C4A3A),
                Paint.of(0x4E6158), Paint.of(0x3E4C63), Paint.of(0xB9AFA0), Paint.of(0x8C6A4F));
        return cloth(paint, 0);
    }

    /** Returns matt paint of any colour. */
    Material colour(double saturation, double value) {
        return Material.matt(new Texture.Plain(Paint.ofHue(dice.unit(), saturation, value), 0.04f, seed()));
    }

    /** Returns glazed pottery. */
    Material glaze() {
        Paint paint = Paint.ofHue(dice.chance(0.5) ? hue : dice.unit(), dice.between(0.1, 0.6), dice.between(0.4, 0.9));
        return Material.glossy(new Texture.Plain(paint, 0.06f, seed()), 1, 0.1);
    }

    /** Returns light or dark wood, whichever the room uses. */
    Material anyWood() {
        return dice.chance(0.6) ? wood : darkWood;
    }

    /** Returns a luminous lamp shade or window of the given colour. */
    Material shining(Paint paint, double strength) {
        return Material.shining(new Texture.Plain(paint, 0.03f, 5), strength);
    }
}
