package fathom.rooms.furniture;

/** The walls of a room of width W (x) and depth D (z). */
enum Wall {
    /** At z = 0, mostly behind the camera. */
    FRONT,
    /** At z = D. */
    BACK,
    /** At x = 0. */
    LEFT,
    /** At x = W. */
    RIGHT;

    /** Returns the length of this wall. */
    double length(double width, double depth) {
        return switch (this) {
            case FRONT, BACK -> width;
            case LEFT, RIGHT -> depth;
        };
    }

    /** Returns the frame whose x axis runs along this wall from its start and whose z axis points into the room. */
    Modeller frame(Modeller room, double width, double depth) {
        return switch (this) {
            case FRONT -> room;
            case BACK -> room.at(width, 0, depth).turned(180);
            case LEFT -> room.at(0, 0, depth).turned(90);
            case RIGHT -> room.at(width, 0, 0).turned(-90);
        };
    }
}
