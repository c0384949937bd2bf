package fathom.hub;

/** Names from a server or the user that become paths below a folder of Fathom: they must not lead out of it. */
final class RelativeNames {
    private static final int LONGEST = 1024;

    private RelativeNames() {}

    static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == 0x7f || c == '\\' || c == ':') {
                return false;
            }
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return true;
    }

    static void require(String parameter, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(parameter + ": expected names separated by '/' that stay inside the "
                    + "repository, found \"" + name + "\"");
        }
    }
}
