package fathom.rooms.furniture;

import java.util.ArrayList;
import java.util.List;

import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Vector;
import org.jspecify.annotations.Nullable;

/** Furnishes each kind of room. */
final class Furnisher {
    private static final Wall[] SEEN = {Wall.BACK, Wall.LEFT, Wall.RIGHT};
    private static final Wall[] SIDES = {Wall.LEFT, Wall.RIGHT};

    private Furnisher() {}

    static Interior furnish(Architect.Kind kind, Dice dice) {
        return switch (kind) {
            case LIVING_ROOM -> livingRoom(dice);
            case BEDROOM -> bedroom(dice);
            case OFFICE -> office(dice);
            case CORRIDOR -> corridor(dice);
            case DINING_ROOM -> diningRoom(dice);
            case KITCHEN -> kitchen(dice);
            case CONFERENCE_ROOM -> conferenceRoom(dice);
        };
    }

    private static Interior room(Dice dice, double width, double depth, @Nullable Wall accent, Wall... windowed) {
        Interior in = new Interior(dice, width, depth, dice.between(2.4, 2.8), dice.chance(0.25));
        List<Wall> walls = new ArrayList<>();
        walls.add(dice.pick(windowed));
        if (dice.chance(0.4)) {
            walls.add(dice.pick(windowed));
        }
        in.enclose(walls, accent);
        in.plan.claim(0, 0, width, 0.95);
        if (dice.chance(0.6)) {
            in.doorSomewhere(dice.pick(SEEN));
        }
        return in;
    }

    private static Interior livingRoom(Dice dice) {
        Interior in = room(dice, dice.between(3.7, 5), dice.between(4.2, 6.2), dice.pick(SEEN), SEEN);
        Finishes f = in.finishes;
        double wide = dice.between(1.7, 2.2);
        Wall wall = dice.pick(SEEN);
        Modeller sofa = in.plan.against(wall, wide, 0.95, false);
        if (sofa != null) {
            Seating.sofa(sofa, f, wide);
            Vector front = sofa.toWorld(0, 0, 1.55);
            Decor.rug(in.room.at(front.x(), 0, front.z()), f, dice.between(1.6, 2.2), dice.between(1.5, 2.1));
            Modeller table = in.plan.around(front.x(), front.z(), 0.12, 1.1, 0.8);
            if (table != null) {
                Tables.coffeeTable(wall == Wall.BACK ? table : table.turned(90), f);
            }
        }
        in.against(SEEN, 1.7, 0.45, false, m -> Tables.television(m, f));
        double shelf = dice.between(0.7, 1.1);
        double high = dice.between(1.5, 2.1);
        in.against(SEEN, shelf, 0.32, true, m -> Storage.bookcase(m, f, shelf, high));
        in.against(SEEN, 0.9, 0.95, false, m -> Seating.sofa(m.turned(dice.between(-12, 12)), f, 0.86));
        in.against(SEEN, 0.44, 0.44, false,
                m -> Lamps.floorLamp(m.at(0, 0, 0.22), f, in.lights, in.evening() || dice.chance(0.5)));
        in.against(SEEN, 0.75, 0.75, false, m -> Greenery.pottedPlant(m.at(0, 0, 0.37), f, dice.between(1.1, 1.7)));
        finish(in, 2);
        return in;
    }

    private static Interior bedroom(Dice dice) {
        Interior in = room(dice, dice.between(3.3, 4.4), dice.between(3.9, 5), dice.pick(SEEN), SEEN);
        Finishes f = in.finishes;
        double wide = dice.chance(0.75) ? dice.between(1.4, 1.8) : 0.95;
        Wall wall = dice.pick(SEEN);
        Modeller bed = in.plan.against(wall, wide + 1.0, 2.12, false);
        if (bed == null) {
            bed = in.plan.against(Wall.BACK, wide + 1.0, 2.12, false);
        }
        if (bed != null) {
            Bedding.bed(bed, f, wide, 2.03);
            boolean on = in.evening() || dice.chance(0.4);
            for (int side = -1; side <= 1; side += 2) {
                Modeller stand = bed.at(side * (wide / 2 + 0.26), 0, 0).thing();
                Storage.nightstand(stand, f);
                Lamps.tableLamp(stand.at(0, 0.525, 0.18).thing(), f, in.lights, on && side > 0);
                Clutter.bookStack(stand.at(-0.1, 0.525, 0.33).thing(), f, 1);
            }
            Vector foot = bed.toWorld(dice.between(-0.3, 0.3), 0, 1.9);
            Decor.rug(in.room.at(foot.x(), 0, foot.z()), f, dice.between(1.8, 2.4), dice.between(1.5, 2.2));
        }
        double wardrobe = dice.between(1.0, 1.6);
        in.against(SEEN, wardrobe, 0.6, true, m -> Storage.wardrobe(m, f, wardrobe, Math.min(in.height - 0.15, 2.1)));
        double chest = dice.between(0.7, 1.1);
        in.against(SEEN, chest, 0.48, false, m -> {
            double high = Storage.dresser(m, f, chest);
            Greenery.vase(m.at(chest * 0.25, high, 0.2).thing(), f);
            Clutter.bookStack(m.at(-chest * 0.25, high, 0.2).thing(), f, 3);
        });
        in.against(SEEN, 0.5, 0.5, false, m -> Seating.chair(m.turned(dice.between(-20, 20)), f, f.wood));
        finish(in, 2);
        return in;
    }

    private static Interior office(Dice dice) {
        Interior in = room(dice, dice.between(3, 4.3), dice.between(3.8, 5.2), dice.chance(0.4) ? Wall.BACK : null,
                SEEN);
        Finishes f = in.finishes;
        for (int i = 0; i < 2; i++) {
            double wide = dice.between(1.2, 1.6);
            in.against(SEEN, wide + 0.1, 1.35, false, m -> {
                Tables.desk(m, f, wide, 0.7);
                Seating.officeChair(m.at(dice.between(-0.2, 0.2), 0, 1.02).turned(180 + dice.between(-40, 40))
                        .at(0, 0, -0.3).thing(), f);
            });
        }
        for (int i = 0; i < 2; i++) {
            double wide = dice.between(0.7, 1.2);
            double high = dice.between(1.7, 2.15);
            in.against(SEEN, wide, 0.32, true, m -> Storage.bookcase(m, f, wide, high));
        }
        in.hang(SEEN, 1.3, m -> Decor.board(m, f, 1.2, 0.9, dice.chance(0.4)));
        in.hang(SEEN, 0.9, m -> Decor.wallShelf(m, f, 0.8));
        in.against(SEEN, 0.5, 0.5, false, m -> Storage.drawers(m, f, f.metal, 0.45, 0.7, 0.48, 3));
        finish(in, 3);
        return in;
    }

    private static Interior corridor(Dice dice) {
        double width = dice.between(1.9, 2.7);
        double depth = dice.between(8.9, 10.2);
        double height = dice.between(2.5, 2.9);
        Interior in = new Interior(dice, width, depth, height, true);
        Finishes f = in.finishes;
        in.enclose(dice.chance(0.6) ? List.of(Wall.BACK) : List.of(), null);
        in.plan.claim(0, 0, width, 1.2);
        for (Wall wall : SIDES) {
            double from = dice.between(1.4, 2.4);
            while (from + 1.1 < depth) {
                double at = wall == Wall.RIGHT ? from : depth - from - 0.9;
                in.door(wall, at);
                from += dice.between(1.9, 3);
            }
        }
        int panels = 4;
        for (int i = 0; i < panels; i++) {
            Lamps.panel(in.room, in.lights, width / 2, height, depth * (i + 0.5) / panels, 0.3, 0.3,
                    dice.between(14, 18));
        }
        in.hang(SIDES, 1.1, m -> Decor.board(m, f, 1.0, 0.8, true));
        in.hang(SIDES, 0.3, m -> Decor.extinguisher(m, f));
        in.hang(SIDES, 0.4, m -> Decor.clock(m, f));
        for (int i = 0; i < 3; i++) {
            in.hang(SIDES, 0.7, m -> Decor.picture(m, f, 1.55, 0.55, 0.7));
        }
        in.against(SIDES, 1.3, 0.45, false, m -> Seating.bench(m, f, 1.2));
        in.against(SIDES, 0.6, 0.4, true, m -> Storage.drawers(m, f, f.metal, 0.5, 1.25, 0.38, 4));
        in.litter(4);
        if (dice.chance(0.5)) {
            Decor.rug(in.room.at(width / 2, 0, depth * 0.55), f, 0.9, depth * 0.7);
        }
        return in;
    }

    private static Interior diningRoom(Dice dice) {
        Interior in = room(dice, dice.between(3.6, 4.8), dice.between(4.4, 6), dice.pick(SEEN), SEEN);
        Finishes f = in.finishes;
        double wide = dice.between(1.3, 1.9);
        Modeller table = in.plan.around(in.width / 2, in.depth * 0.58, 0.3, wide + 0.3, 2.3);
        if (table != null) {
            if (dice.chance(0.5)) {
                Decor.rug(table, f, wide + 0.9, 2.3);
            }
            Tables.diningTable(table.turned(dice.between(-4, 4)).thing(), f, wide, dice.between(0.8, 0.95));
            Lamps.pendant(table.at(0, in.height, 0).thing(), f, in.lights, in.height - dice.between(1.55, 1.75),
                    in.evening() ? 14 : 4);
        }
        double board = dice.between(1.2, 1.7);
        in.against(SEEN, board, 0.46, false, m -> {
            Storage.sideboard(m, f, board, 0.85, 0.42);
            Greenery.vase(m.at(-board * 0.3, 0.85, 0.2).thing(), f);
            Lamps.tableLamp(m.at(board * 0.32, 0.85, 0.2).thing(), f, in.lights, in.evening() || dice.chance(0.5));
            Clutter.bowl(m.at(0, 0.85, 0.22).thing(), f, true);
        });
        double shelf = dice.between(0.7, 1.0);
        in.against(SEEN, shelf, 0.32, true, m -> Storage.bookcase(m, f, shelf, dice.between(1.6, 2.1)));
        in.pictures(3);
        in.litter(3);
        if (table == null) {
            in.ceilingLamp();
        }
        return in;
    }

    private static Interior kitchen(Dice dice) {
        Interior in = room(dice, dice.between(3.2, 4.2), dice.between(3.8, 4.8), null, SIDES);
        Finishes f = in.finishes;
        double wide = Math.min(in.width - 0.9, dice.between(2.4, 3.1));
        Wall neighbour = in.plan.openings(Wall.LEFT).isEmpty() ? Wall.LEFT : Wall.RIGHT;
        Wall[] walls = {Wall.BACK, neighbour};
        Wall[] first = {in.plan.openings(Wall.BACK).isEmpty() ? Wall.BACK : neighbour};
        in.against(first, wide, 0.66, true, m -> Storage.kitchen(m, f, wide, in.height));
        in.against(walls, 0.62, 0.66, true, m -> Storage.refrigerator(m, f));
        double long1 = dice.between(0.9, 1.2);
        Modeller table = in.plan.around(in.width / 2, in.depth * 0.5, 0.5, long1 + 0.2, 1.9);
        if (table != null) {
            Tables.diningTable(table, f, long1, 0.7);
        }
        in.hang(SEEN, 0.4, m -> Decor.clock(m, f));
        finish(in, 2);
        return in;
    }

    private static Interior conferenceRoom(Dice dice) {
        double width = dice.between(4.2, 5.6);
        double depth = dice.between(6.2, 9.4);
        Interior in = new Interior(dice, width, depth, dice.between(2.6, 3), dice.chance(0.3));
        Finishes f = in.finishes;
        in.enclose(List.of(dice.pick(SIDES)), dice.chance(0.4) ? Wall.BACK : null);
        in.plan.claim(0, 0, width, 1.2);
        in.doorSomewhere(dice.pick(SIDES));
        Modeller screen = in.plan.hang(Wall.BACK, 2.2);
        if (screen != null) {
            Decor.board(screen, f, 2.1, 1.25, false);
        }
        double long1 = dice.between(2.0, Math.min(3.6, depth - 3.4));
        Material wood = f.anyWood();
        Modeller table = in.plan.around(width / 2, depth * 0.55, 0.1, 2.6, long1 + 0.4);
        if (table != null) {
            Tables.table(table.at(0, 0, -long1 / 2), f, wood, 1.1, long1, 0.74);
            int each = (int) (long1 / 0.72);
            for (int i = 0; i < each; i++) {
                double z = long1 * ((i + 0.5) / each - 0.5);
                for (int side = -1; side <= 1; side += 2) {
                    Modeller at = table.at(side * (0.95 + dice.between(-0.08, 0.1)), 0, z)
                            .turned(-90 * side + dice.between(-18, 18));
                    Seating.officeChair(at.at(0, 0, -0.3).thing(), f);
                    if (dice.chance(0.5)) {
                        Clutter.papers(table.at(side * 0.35, 0.74, z).turned(90 * side).thing(), f);
                    }
                    if (dice.chance(0.4)) {
                        Clutter.mug(table.at(side * 0.3, 0.74, z + 0.2).thing(), f);
                    }
                }
            }
        }
        int panels = 2;
        for (int i = 0; i < panels; i++) {
            double z = depth * (i + 0.6) / (panels + 0.2);
            Lamps.panel(in.room, in.lights, width * 0.3, in.height, z, 0.3, 0.6, dice.between(7, 9));
            Lamps.panel(in.room, in.lights, width * 0.7, in.height, z, 0.3, 0.6, dice.between(7, 9));
        }
        in.against(SEEN, 1.5, 0.46, false, m -> Storage.sideboard(m, f, 1.4, 0.8, 0.42));
        in.pictures(2);
        in.litter(4);
        return in;
    }

    /** Adds what every room at home has. */
    private static void finish(Interior in, int pictures) {
        in.ceilingLamp();
        in.pictures(pictures);
        in.litter(3);
    }
}
