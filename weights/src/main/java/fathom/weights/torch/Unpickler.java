package fathom.weights.torch;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one pickle into plain values. The stack machine of Python's {@code pickletools} (protocols 0 to 5) without
 * arbitrary calls: what a name that is no {@link AllowedCallable} would create is a {@link TorchValue.Opaque}, and
 * nothing is looked up or executed. The memory for a pickle is limited by its length and {@link #MAX_VALUES}.
 */
final class Unpickler {
    /** Creates the storage for a persistent identifier. */
    interface Storages {
        Storage storage(List<TorchValue> identifier, TorchType type, Bytes in);
    }

    /** An element of the stack: a value, or an allowed name that creates values. */
    private sealed interface Slot {}

    private record Held(TorchValue value) implements Slot {}

    private record Named(AllowedCallable known) implements Slot {}

    private record StorageSlot(Storage storage) implements Slot {}

    private record TypeSlot(TorchType type) implements Slot {}

    static final int MAX_VALUES = 2_000_000;
    private static final long MAX_TEXT = 64 << 20;
    private static final int LONGEST_INTEGER = 1024;
    private static final TorchValue NONE = new TorchValue.None();

    private final Bytes in;
    private final Storages storages;
    private final List<Slot> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Slot> memo = new HashMap<>();
    /**
     * Tuples that contain a storage class or a storage, which are not values: the part is recorded in addition to the
     * tuple.
     */
    private final Map<TorchValue.Items, TorchType> typeParts = new HashMap<>();
    private final Map<TorchValue.Items, Storage> tensorParts = new HashMap<>();
    private int made;
    private long textBytes;

    private Unpickler(Bytes in, Storages storages) {
        this.in = in;
        this.storages = storages;
    }

    /** Reads the pickle that starts at the position of {@code in}, and advances {@code in} to its end. */
    static TorchValue read(Bytes in, Storages storages) {
        return new Unpickler(in, storages).run();
    }

    private TorchValue run() {
        while (true) {
            int code = in.u8();
            switch (code) {
                case Opcode.STOP -> {
                    return popValue();
                }
                case Opcode.PROTO -> requireProtocol(in.u8());
                case Opcode.FRAME -> in.skip(8);
                case Opcode.MARK -> mark();
                case Opcode.POP -> discardTop();
                case Opcode.POP_MARK -> fromMark();
                case Opcode.DUP -> push(top());
                case Opcode.NONE -> push(NONE);
                case Opcode.NEWTRUE -> push(new TorchValue.Flag(true));
                case Opcode.NEWFALSE -> push(new TorchValue.Flag(false));
                case Opcode.BININT -> push(TorchValue.Whole.of(in.i32()));
                case Opcode.BININT1 -> push(TorchValue.Whole.of(in.u8()));
                case Opcode.BININT2 -> push(TorchValue.Whole.of(in.u16()));
                case Opcode.INT -> push(line());
                case Opcode.LONG -> push(new TorchValue.Whole(decimal(line0().replaceFirst("L$", ""))));
                case Opcode.LONG1 -> push(new TorchValue.Whole(integer(in.u8())));
                case Opcode.LONG4 -> push(new TorchValue.Whole(integer(in.u32())));
                case Opcode.FLOAT -> push(new TorchValue.Real(real(line0())));
                case Opcode.BINFLOAT -> push(new TorchValue.Real(in.bigDouble()));
                case Opcode.BINUNICODE -> push(text(in.u32()));
                case Opcode.SHORT_BINUNICODE -> push(text(in.u8()));
                case Opcode.BINUNICODE8 -> push(text(in.i64()));
                case Opcode.UNICODE -> push(new TorchValue.Text(in.line(StandardCharsets.ISO_8859_1)));
                case Opcode.STRING -> push(new TorchValue.Text(unquoted(in.line(StandardCharsets.ISO_8859_1))));
                case Opcode.BINSTRING, Opcode.BINBYTES -> push(latin(in.u32()));
                case Opcode.SHORT_BINSTRING, Opcode.SHORT_BINBYTES -> push(latin(in.u8()));
                case Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> push(latin(in.i64()));
                case Opcode.EMPTY_LIST, Opcode.EMPTY_TUPLE -> push(new TorchValue.Items());
                case Opcode.EMPTY_DICT -> push(new TorchValue.Dictionary());
                case Opcode.EMPTY_SET -> push(new TorchValue.Group());
                case Opcode.LIST, Opcode.TUPLE -> push(items(fromMark()));
                case Opcode.TUPLE1 -> push(items(last(1)));
                case Opcode.TUPLE2 -> push(items(last(2)));
                case Opcode.TUPLE3 -> push(items(last(3)));
                case Opcode.DICT -> {
                    List<Slot> entries = fromMark();
                    TorchValue.Dictionary dictionary = new TorchValue.Dictionary();
                    putAll(dictionary, entries);
                    push(dictionary);
                }
                case Opcode.APPEND -> {
                    List<Slot> one = last(1);
                    append(one);
                }
                case Opcode.APPENDS -> append(fromMark());
                case Opcode.SETITEM -> setItems(last(2));
                case Opcode.SETITEMS -> setItems(fromMark());
                case Opcode.ADDITEMS -> addItems(fromMark());
                case Opcode.FROZENSET -> push(group(values(fromMark())));
                case Opcode.GET -> push(recalled(small(line0())));
                case Opcode.BINGET -> push(recalled(in.u8()));
                case Opcode.LONG_BINGET -> push(recalled(in.i32()));
                case Opcode.PUT -> remember(small(line0()));
                case Opcode.BINPUT -> remember(in.u8());
                case Opcode.LONG_BINPUT -> remember(in.i32());
                case Opcode.MEMOIZE -> remember(memo.size());
                case Opcode.GLOBAL -> push(global(in.line(StandardCharsets.UTF_8), in.line(StandardCharsets.UTF_8)));
                case Opcode.STACK_GLOBAL -> {
                    List<TorchValue> names = values(last(2));
                    push(global(asText(names.get(0)), asText(names.get(1))));
                }
                case Opcode.REDUCE, Opcode.NEWOBJ -> {
                    Slot arguments = pop();
                    push(made(pop(), arguments));
                }
                case Opcode.NEWOBJ_EX -> {
                    pop();
                    pop();
                    push(opaque(pop()));
                }
                case Opcode.INST -> {
                    Slot maker = global(in.line(StandardCharsets.UTF_8), in.line(StandardCharsets.UTF_8));
                    fromMark();
                    push(opaque(maker));
                }
                case Opcode.OBJ -> {
                    List<Slot> parts = fromMark();
                    if (parts.isEmpty()) {
                        throw in.wrong("expected a class to make an object of, found none");
                    }
                    push(opaque(parts.getFirst()));
                }
                case Opcode.BUILD -> build();
                case Opcode.BINPERSID -> push(persistent(popValue()));
                default -> throw in.wrong("expected a pickle of plain values, found the instruction 0x"
                        + Integer.toHexString(code) + ", which makes or fetches something else");
            }
        }
    }

    private Slot global(String module, String name) {
        if (module.equals("torch")) {
            Optional<TorchType> type = TorchType.ofStorage(name);
            if (type.isPresent()) {
                return new TypeSlot(type.get());
            }
        }
        return AllowedCallable.of(module, name).<Slot>map(Named::new)
                .orElseGet(() -> new Held(new TorchValue.Opaque(printable(module + "." + name))));
    }

    /** Returns an object that is not created, named after its class or after the function that would create it. */
    private TorchValue opaque(Slot maker) {
        return switch (maker) {
            case Named(AllowedCallable known) -> new TorchValue.Opaque(known.title());
            case Held(TorchValue.Opaque object) -> object;
            case Held(TorchValue _) -> throw in.wrong("expected a call of a class or function, found one of a value");
            case StorageSlot _,TypeSlot _ -> new TorchValue.Opaque("torch.storage");
        };
    }

    private Slot made(Slot maker, Slot arguments) {
        if (maker instanceof Named(AllowedCallable known) && arguments instanceof Held(TorchValue.Items given)) {
            return new Held(call(known, given));
        }
        return new Held(opaque(maker));
    }

    private TorchValue call(AllowedCallable known, TorchValue.Items tuple) {
        List<TorchValue> given = tuple.values();
        Storage storage = tensorParts.get(tuple);
        return switch (known) {
            case ORDERED_DICT -> ordered(given);
            case DEFAULT_DICT -> ordered(given.subList(Math.min(1, given.size()), given.size()));
            case REBUILD_FROM_TYPE -> fromType(given);
            case SIZE -> items(held(only(given)));
            case SET -> given.isEmpty() ? new TorchValue.Group() : group(only(given));
            case REBUILD_TENSOR ->
                storage == null && !given.isEmpty() && given.getFirst() instanceof TorchValue.Opaque type
                        ? type
                        : Tensors.rebuilt(in, storage, given);
            case REBUILD_PARAMETER -> parameter(given);
        };
    }

    private TorchValue ordered(List<TorchValue> given) {
        TorchValue.Dictionary dictionary = new TorchValue.Dictionary();
        if (!given.isEmpty()) {
            for (TorchValue pair : only(given)) {
                if (!(pair instanceof TorchValue.Items two) || two.values().size() != 2) {
                    throw in.wrong("expected pairs in an OrderedDict, found something else");
                }
                dictionary.put(key(two.values().get(0)), two.values().get(1));
            }
        }
        return dictionary;
    }

    /** Returns the tensor of {@code (function, class, arguments, state)}, whose class and state are ignored. */
    private TorchValue fromType(List<TorchValue> given) {
        boolean plain = given.size() > 2 && given.get(0) instanceof TorchValue.Opaque maker
                && maker.name().equals(AllowedCallable.REBUILD_TENSOR.title());
        return plain && given.get(2) instanceof TorchValue.Items arguments
                ? call(AllowedCallable.REBUILD_TENSOR, arguments)
                : new TorchValue.Opaque("torch._tensor._rebuild_from_type_v2");
    }

    private TorchValue parameter(List<TorchValue> given) {
        if (!given.isEmpty() && given.getFirst() instanceof TorchValue.Tensor tensor) {
            return tensor;
        }
        if (!given.isEmpty() && given.getFirst() instanceof TorchValue.Opaque object) {
            return object;
        }
        throw in.wrong("expected a tensor in a Parameter, found something else");
    }

    /** Returns the elements of the only container in {@code given}. */
    private List<TorchValue> only(List<TorchValue> given) {
        if (given.size() == 1 && given.getFirst() instanceof TorchValue.Items list) {
            return list.values();
        }
        throw in.wrong("expected one list, found " + given.size() + " other values");
    }

    /** Sets an object's state: attributes are ignored. */
    private void build() {
        popValue();
        boolean known = top() instanceof Held(TorchValue held) && switch (held) {
            case TorchValue.Dictionary _,TorchValue.Group _,TorchValue.Items _,TorchValue.Tensor _,TorchValue.Opaque _ ->
                true;
            case TorchValue.None _,TorchValue.Flag _,TorchValue.Whole _,TorchValue.Real _,TorchValue.Text _ -> false;
        };
        if (!known) {
            throw in.wrong("expected attributes of an object, found those of a value");
        }
    }

    private Slot persistent(TorchValue identifier) {
        if (identifier instanceof TorchValue.Items tuple) {
            TorchType type = typeParts.get(tuple);
            boolean stores = !tuple.values().isEmpty()
                    && tuple.values().getFirst().equals(new TorchValue.Text("storage"));
            if (type != null && stores) {
                return new StorageSlot(storages.storage(tuple.values(), type, in));
            }
            if (stores && tuple.values().size() > 1 && tuple.values().get(1) instanceof TorchValue.Opaque other) {
                return new Held(other);
            }
        }
        throw in.wrong("expected the identifier of a storage, found something else");
    }

    private TorchValue.Items items(List<Slot> slots) {
        TorchValue.Items items = new TorchValue.Items();
        for (Slot slot : slots) {
            switch (slot) {
                case Held(TorchValue value) -> items.add(value);
                case TypeSlot(TorchType type) -> {
                    typeParts.put(items, type);
                    items.add(NONE);
                }
                case StorageSlot(Storage storage) -> {
                    tensorParts.put(items, storage);
                    items.add(NONE);
                }
                case Named(AllowedCallable known) -> items.add(new TorchValue.Opaque(known.title()));
            }
        }
        return items;
    }

    private static List<Slot> held(List<TorchValue> values) {
        return values.stream().<Slot>map(Held::new).toList();
    }

    private void append(List<Slot> added) {
        switch (top()) {
            case Held(TorchValue.Items list) -> values(added).forEach(list::add);
            case Held(TorchValue.Opaque _) -> values(added);
            case Held _,Named _,StorageSlot _,TypeSlot _ ->
                throw in.wrong("expected a list to append to, found something else");
        }
    }

    private void setItems(List<Slot> entries) {
        switch (top()) {
            case Held(TorchValue.Dictionary dictionary) -> putAll(dictionary, entries);
            case Held(TorchValue.Opaque _) -> putAll(new TorchValue.Dictionary(), entries);
            case Held _,Named _,StorageSlot _,TypeSlot _ ->
                throw in.wrong("expected a dict to fill, found something else");
        }
    }

    private void putAll(TorchValue.Dictionary dictionary, List<Slot> entries) {
        if (entries.size() % 2 != 0) {
            throw in.wrong("expected keys with values, found a key alone");
        }
        List<TorchValue> values = values(entries);
        for (int i = 0; i < values.size(); i += 2) {
            dictionary.put(key(values.get(i)), values.get(i + 1));
        }
    }

    private void addItems(List<Slot> added) {
        switch (top()) {
            case Held(TorchValue.Group group) -> values(added).forEach(value -> group.add(key(value)));
            case Held(TorchValue.Opaque _) -> values(added);
            case Held _,Named _,StorageSlot _,TypeSlot _ ->
                throw in.wrong("expected a set to fill, found something else");
        }
    }

    private TorchValue.Group group(List<TorchValue> values) {
        TorchValue.Group group = new TorchValue.Group();
        values.forEach(value -> group.add(key(value)));
        return group;
    }

    /** Returns any hashable value as a key; tuples and tensors are equal only to themselves here. */
    private TorchValue key(TorchValue value) {
        return switch (value) {
            case TorchValue.Dictionary _,TorchValue.Group _ -> throw in.wrong("expected a key, found a container");
            case TorchValue.None _,TorchValue.Flag _,TorchValue.Whole _,TorchValue.Real _,TorchValue.Text _,TorchValue.Items _,TorchValue.Tensor _,TorchValue.Opaque _ ->
                value;
        };
    }

    private List<TorchValue> values(List<Slot> slots) {
        List<TorchValue> values = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            values.add(value(slot));
        }
        return values;
    }

    private TorchValue value(Slot slot) {
        return switch (slot) {
            case Held(TorchValue value) -> value;
            case Named(AllowedCallable known) -> new TorchValue.Opaque(known.title());
            case TypeSlot(TorchType type) -> new TorchValue.Opaque("storage class of " + type);
            case StorageSlot(Storage storage) -> new TorchValue.Opaque("storage " + printable(storage.key()));
        };
    }

    private void push(TorchValue value) {
        push(new Held(value));
    }

    private void push(Slot slot) {
        if (++made > MAX_VALUES) {
            throw in.wrong("expected at most " + MAX_VALUES + " values, found more");
        }
        stack.add(slot);
    }

    private void mark() {
        requireBelow(marks.size(), "marks");
        marks.add(stack.size());
    }

    private void remember(int index) {
        requireBelow(memo.size(), "remembered values");
        memo.put(index, top());
    }

    private void requireBelow(int count, String what) {
        if (count >= MAX_VALUES) {
            throw in.wrong("expected at most " + MAX_VALUES + " " + what + ", found more");
        }
    }

    private Slot top() {
        requireDepth(1);
        return stack.getLast();
    }

    private Slot pop() {
        requireDepth(1);
        return stack.removeLast();
    }

    private TorchValue popValue() {
        return value(pop());
    }

    /** Discards the top value, or the mark that lies above it. */
    private void discardTop() {
        if (!marks.isEmpty() && marks.getLast() == stack.size()) {
            marks.removeLast();
        } else {
            pop();
        }
    }

    private List<Slot> last(int count) {
        requireDepth(count);
        return cut(stack.size() - count);
    }

    private List<Slot> fromMark() {
        if (marks.isEmpty()) {
            throw in.wrong("expected a mark on the stack, found none");
        }
        return cut(marks.removeLast());
    }

    private List<Slot> cut(int from) {
        List<Slot> tail = stack.subList(from, stack.size());
        List<Slot> copy = new ArrayList<>(tail);
        tail.clear();
        return copy;
    }

    /** Values below the last mark belong to an unfinished container. */
    private void requireDepth(int count) {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (stack.size() - floor < count) {
            throw in.wrong("expected " + count + " values on the stack, found " + (stack.size() - floor));
        }
    }

    private Slot recalled(int index) {
        Slot slot = memo.get(index);
        if (slot == null) {
            throw in.wrong("expected a value remembered as number " + index + ", found none");
        }
        return slot;
    }

    private void requireProtocol(int protocol) {
        if (protocol > 5) {
            throw in.wrong("expected a pickle of protocol 0 to 5, found " + protocol);
        }
    }

    private TorchValue text(long length) {
        return text(length, StandardCharsets.UTF_8);
    }

    private TorchValue latin(long length) {
        return text(length, StandardCharsets.ISO_8859_1);
    }

    /** Reads text of {@code length} bytes; the total length of all texts is limited. */
    private TorchValue text(long length, Charset charset) {
        String text = in.text(length, MAX_TEXT - textBytes, charset);
        textBytes += length;
        return new TorchValue.Text(text);
    }

    private BigInteger integer(long length) {
        byte[] little = in.take(length, LONGEST_INTEGER);
        byte[] big = new byte[little.length];
        for (int i = 0; i < little.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        return big.length == 0 ? BigInteger.ZERO : new BigInteger(big);
    }

    private String line0() {
        String line = in.line(StandardCharsets.ISO_8859_1).strip();
        if (line.length() > LONGEST_INTEGER) {
            throw in.wrong("expected a number of at most " + LONGEST_INTEGER + " digits, found " + line.length());
        }
        return line;
    }

    private TorchValue line() {
        String line = line0();
        return switch (line) {
            case "00" -> new TorchValue.Flag(false);
            case "01" -> new TorchValue.Flag(true);
            default -> new TorchValue.Whole(decimal(line));
        };
    }

    private BigInteger decimal(String digits) {
        try {
            return new BigInteger(digits);
        } catch (NumberFormatException e) {
            throw in.wrong("expected an integer, found " + printable(digits));
        }
    }

    private int small(String digits) {
        BigInteger value = decimal(digits);
        if (value.bitLength() > 31) {
            throw in.wrong("expected a small integer, found " + printable(digits));
        }
        return value.intValue();
    }

    private double real(String digits) {
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            throw in.wrong("expected a number, found " + printable(digits));
        }
    }

    private String unquoted(String text) {
        int length = text.length();
        if (length >= 2 && text.charAt(0) == text.charAt(length - 1) && "'\"".indexOf(text.charAt(0)) >= 0
                && text.indexOf('\\') < 0) {
            return text.substring(1, length - 1);
        }
        throw in.wrong("expected quoted text, found " + printable(text));
    }

    private String asText(TorchValue value) {
        if (value instanceof TorchValue.Text(String text)) {
            return text;
        }
        throw in.wrong("expected a name, found another value");
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "..." : plain;
    }
}
