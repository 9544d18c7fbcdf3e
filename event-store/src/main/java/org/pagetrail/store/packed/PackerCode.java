package org.pagetrail.store.packed;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.constant.ConstantDescs.CD_List;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the code that packs the records of one layout: for each component its accessor and the
 * store of what it gives, one behind the other, records within records included. Reading the
 * components by reflection or by functions made for each takes several times as long, and packing
 * is most of what an import does.
 */
final class PackerCode {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final ClassDesc PACKER = desc(RecordPacker.class);
  private static final ClassDesc BYTES = desc(Bytes.class);
  private static final ClassDesc TABLES = desc(Tables.class);
  private static final MethodTypeDesc WRITE =
      MethodTypeDesc.of(CD_void, desc(Record.class), BYTES, CD_int, TABLES);
  private static final MethodTypeDesc PUT =
      MethodTypeDesc.of(CD_void, CD_int, CD_Object, BYTES, CD_int, TABLES);
  private static final MethodTypeDesc REQUIRE =
      MethodTypeDesc.of(CD_void, CD_Object, CD_String, CD_String);

  private static final int VALUE = 1;
  private static final int TO = 2;
  private static final int AT = 3;
  private static final int TABLES_AT = 4;

  private final List<Place> places = new ArrayList<>();

  private PackerCode() {}

  /** The packer of a layout. */
  static RecordPacker of(RecordLayout layout) {
    PackerCode code = new PackerCode();
    byte[] made =
        ClassFile.of()
            .build(
                ClassDesc.of(RecordPacker.class.getName() + "Of" + layout.type().getSimpleName()),
                type ->
                    type.withFlags(ACC_FINAL)
                        .withSuperclass(PACKER)
                        .withMethodBody(
                            INIT_NAME,
                            MethodTypeDesc.of(CD_void, CD_List),
                            0,
                            body ->
                                body.aload(0)
                                    .aload(1)
                                    .invokespecial(
                                        PACKER, INIT_NAME, MethodTypeDesc.of(CD_void, CD_List))
                                    .return_())
                        .withMethodBody(
                            "write",
                            WRITE,
                            0,
                            body -> {
                              body.aload(VALUE).checkcast(desc(layout.type()));
                              int value = body.allocateLocal(TypeKind.REFERENCE);
                              body.astore(value);
                              code.record(body, layout, value, 0);
                              body.return_();
                            }));
    try {
      return (RecordPacker)
          LOOKUP
              .defineHiddenClass(made, true)
              .lookupClass()
              .getDeclaredConstructor(List.class)
              .newInstance(code.places);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(layout.type() + " cannot be packed", e);
    }
  }

  /** Packs the record in a variable. */
  private void record(CodeBuilder body, RecordLayout layout, int value, int base) {
    for (RecordLayout.Absent absent : layout.absent()) {
      component(body, absent.accessor(), value);
      require(body, "requireNothing", layout, absent.name());
    }
    int nullable = (int) layout.fields().stream().filter(field -> field.bit() >= 0).count();
    int bits = -1;
    if (nullable > 0) {
      bits = body.allocateLocal(TypeKind.INT);
      body.iconst_0().istore(bits);
    }
    for (RecordLayout.Field field : layout.fields()) {
      field(body, layout, field, value, base, bits);
    }
    for (int first = 0; first < nullable; first += Byte.SIZE) {
      place(body, base + first / Byte.SIZE).iload(bits).loadConstant(first).iushr();
      body.invokevirtual(BYTES, "setByte", MethodTypeDesc.of(CD_void, CD_int, CD_int));
    }
  }

  private void field(
      CodeBuilder body,
      RecordLayout layout,
      RecordLayout.Field field,
      int value,
      int base,
      int bits) {
    int at = base + field.offset();
    Class<?> type = field.accessor().getReturnType();
    if (type.isPrimitive()) {
      place(body, at);
      component(body, field.accessor(), value);
      number(body, type);
      return;
    }
    component(body, field.accessor(), value);
    int part = body.allocateLocal(TypeKind.REFERENCE);
    body.astore(part);
    if (field.bit() < 0) {
      body.aload(part);
      require(body, "requireThere", layout, field.name());
      reference(body, field.place(), part, at);
      return;
    }
    Label absent = body.newLabel();
    body.aload(part).ifnull(absent);
    body.iload(bits).loadConstant(1 << field.bit()).ior().istore(bits);
    reference(body, field.place(), part, at);
    body.labelBinding(absent);
  }

  private void reference(CodeBuilder body, Place place, int part, int at) {
    switch (place) {
      case Place.LongPlace number ->
          unboxed(body, part, at, Long.class, "longValue", CD_long, long.class);
      case Place.IntPlace number ->
          unboxed(body, part, at, Integer.class, "intValue", CD_int, int.class);
      case Place.TruthPlace truth ->
          unboxed(body, part, at, Boolean.class, "booleanValue", CD_boolean, boolean.class);
      case Place.TextPlace text -> {
        place(body, at).aload(TABLES_AT).aload(part);
        body.invokevirtual(TABLES, "id", MethodTypeDesc.of(CD_int, CD_String));
        number(body, int.class);
      }
      case Place.RecordPlace inner -> record(body, inner.layout(), part, at);
      case Place.ConstantPlace constant -> put(body, place, part, at);
      case Place.ListPlace list -> put(body, place, part, at);
    }
  }

  private static void unboxed(
      CodeBuilder body,
      int part,
      int at,
      Class<?> box,
      String method,
      ClassDesc result,
      Class<?> number) {
    place(body, at).aload(part).invokevirtual(desc(box), method, MethodTypeDesc.of(result));
    number(body, number);
  }

  /** Leaves what is in a variable to its place. */
  private void put(CodeBuilder body, Place place, int part, int at) {
    body.aload(0).loadConstant(places.size()).aload(part).aload(TO);
    body.iload(AT).loadConstant(at).iadd().aload(TABLES_AT);
    body.invokevirtual(PACKER, "put", PUT);
    places.add(place);
  }

  /** Loads the bytes and the position in them. */
  private static CodeBuilder place(CodeBuilder body, int at) {
    return body.aload(TO).iload(AT).loadConstant(at).iadd();
  }

  /** Stores the number on the stack at the place below it. */
  private static void number(CodeBuilder body, Class<?> type) {
    if (type == long.class) {
      body.invokevirtual(BYTES, "setLong", MethodTypeDesc.of(CD_void, CD_int, CD_long));
    } else {
      String store = type == int.class ? "setInt" : "setByte";
      body.invokevirtual(BYTES, store, MethodTypeDesc.of(CD_void, CD_int, CD_int));
    }
  }

  private static void component(CodeBuilder body, Method accessor, int value) {
    body.aload(value)
        .invokevirtual(
            desc(accessor.getDeclaringClass()),
            accessor.getName(),
            MethodTypeDesc.of(desc(accessor.getReturnType())));
  }

  private static void require(
      CodeBuilder body, String method, RecordLayout layout, String component) {
    body.loadConstant(layout.type().getSimpleName()).loadConstant(component);
    body.invokestatic(PACKER, method, REQUIRE);
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
