package fathom.weights.torch;

/** The instructions of pickles that are read, named as in Python's {@code pickletools} (CPython 3.13). */
final class Opcode {
    /** It ends the pickle. */
    static final int STOP = '.';
    /** It states the protocol. */
    static final int PROTO = 0x80;
    /** It begins a frame. */
    static final int FRAME = 0x95;
    /** It pushes a mark. */
    static final int MARK = '(';
    /** It discards the top. */
    static final int POP = '0';
    /** It discards all from the last mark. */
    static final int POP_MARK = '1';
    /** It pushes the top again. */
    static final int DUP = '2';
    /** It pushes None. */
    static final int NONE = 'N';
    /** It pushes True. */
    static final int NEWTRUE = 0x88;
    /** It pushes False. */
    static final int NEWFALSE = 0x89;
    /** It pushes a signed 4-byte integer. */
    static final int BININT = 'J';
    /** It pushes a 1-byte integer. */
    static final int BININT1 = 'K';
    /** It pushes a 2-byte integer. */
    static final int BININT2 = 'M';
    /** It pushes a decimal integer, or a flag of protocol 1. */
    static final int INT = 'I';
    /** It pushes a decimal integer of any length. */
    static final int LONG = 'L';
    /** It pushes an integer of up to 255 bytes. */
    static final int LONG1 = 0x8a;
    /** It pushes an integer of any length. */
    static final int LONG4 = 0x8b;
    /** It pushes a decimal number. */
    static final int FLOAT = 'F';
    /** It pushes a big-endian float64. */
    static final int BINFLOAT = 'G';
    /** It pushes UTF-8 text with a 4-byte length. */
    static final int BINUNICODE = 'X';
    /** It pushes UTF-8 text with a 1-byte length. */
    static final int SHORT_BINUNICODE = 0x8c;
    /** It pushes UTF-8 text with an 8-byte length. */
    static final int BINUNICODE8 = 0x8d;
    /** It pushes a line of text. */
    static final int UNICODE = 'V';
    /** It pushes a line of quoted text. */
    static final int STRING = 'S';
    /** It pushes bytes with a 4-byte length. */
    static final int BINSTRING = 'T';
    /** It pushes bytes with a 4-byte length. */
    static final int BINBYTES = 'B';
    /** It pushes bytes with a 1-byte length. */
    static final int SHORT_BINSTRING = 'U';
    /** It pushes bytes with a 1-byte length. */
    static final int SHORT_BINBYTES = 'C';
    /** It pushes bytes with an 8-byte length. */
    static final int BINBYTES8 = 0x8e;
    /** It pushes a bytearray with an 8-byte length. */
    static final int BYTEARRAY8 = 0x96;
    /** It pushes an empty list. */
    static final int EMPTY_LIST = ']';
    /** It pushes an empty tuple. */
    static final int EMPTY_TUPLE = ')';
    /** It pushes an empty dict. */
    static final int EMPTY_DICT = '}';
    /** It pushes an empty set. */
    static final int EMPTY_SET = 0x8f;
    /** It makes a list of all from the last mark. */
    static final int LIST = 'l';
    /** It makes a tuple of all from the last mark. */
    static final int TUPLE = 't';
    /** It makes a tuple of the top. */
    static final int TUPLE1 = 0x85;
    /** It makes a tuple of the two on top. */
    static final int TUPLE2 = 0x86;
    /** It makes a tuple of the three on top. */
    static final int TUPLE3 = 0x87;
    /** It makes a dict of the keys and values from the last mark. */
    static final int DICT = 'd';
    /** It appends the top to a list. */
    static final int APPEND = 'a';
    /** It appends all from the last mark to a list. */
    static final int APPENDS = 'e';
    /** It puts a key and a value into a dict. */
    static final int SETITEM = 's';
    /** It puts the keys and values from the last mark into a dict. */
    static final int SETITEMS = 'u';
    /** It adds all from the last mark to a set. */
    static final int ADDITEMS = 0x90;
    /** It makes a frozen set of all from the last mark. */
    static final int FROZENSET = 0x91;
    /** It pushes a remembered value, index in decimal. */
    static final int GET = 'g';
    /** It pushes a remembered value, 1-byte index. */
    static final int BINGET = 'h';
    /** It pushes a remembered value, 4-byte index. */
    static final int LONG_BINGET = 'j';
    /** It remembers the top, index in decimal. */
    static final int PUT = 'p';
    /** It remembers the top, 1-byte index. */
    static final int BINPUT = 'q';
    /** It remembers the top, 4-byte index. */
    static final int LONG_BINPUT = 'r';
    /** It remembers the top, next index. */
    static final int MEMOIZE = 0x94;
    /** It pushes a class or function by two lines. */
    static final int GLOBAL = 'c';
    /** It pushes a class or function by the two names on top. */
    static final int STACK_GLOBAL = 0x93;
    /** It calls a function. */
    static final int REDUCE = 'R';
    /** It makes an object. */
    static final int NEWOBJ = 0x81;
    /** It makes an object with named arguments too. */
    static final int NEWOBJ_EX = 0x92;
    /** It makes an object of a class given by two lines. */
    static final int INST = 'i';
    /** It makes an object of the class after the last mark. */
    static final int OBJ = 'o';
    /** It gives an object its state. */
    static final int BUILD = 'b';
    /** It pushes the object of a persistent identifier. */
    static final int BINPERSID = 'Q';

    private Opcode() {}
}
