package dev.quarterdeck.executions.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// Writes the ELF program of the self-test: it makes a list of system calls, one after the other,
/// and then writes what each returned to its standard output. So the self-test needs no interpreter
/// on the host and asks the kernel itself.
///
/// The output holds one 64-bit little-endian value per `stride` bytes, the last call first (the
/// program pushes them on its stack).
final class ProbeProgram {
  private static final long BASE = 0x400000;
  private static final int HEADERS = 64 + 56;

  /// A call with up to five arguments; a `byte[]` argument is passed as its address.
  record Call(int number, List<Object> arguments) {
    Call {
      arguments = List.copyOf(arguments);
    }
  }

  private final Architecture architecture;
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();

  private ProbeProgram(Architecture architecture) {
    this.architecture = architecture;
  }

  /// Bytes between two results in the output.
  static int stride(Architecture architecture) {
    return architecture == Architecture.X86_64 ? 8 : 16;
  }

  /// The program as an executable file.
  static byte[] assemble(Architecture architecture, List<Call> calls) {
    // Twice: the first pass only measures where the data will begin.
    int codeLength = new ProbeProgram(architecture).emit(calls, 0).length;
    byte[] code = new ProbeProgram(architecture).emit(calls, BASE + HEADERS + codeLength);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    calls.forEach(call -> data(call).forEach(data::writeBytes));
    int size = HEADERS + code.length + data.size();
    ByteBuffer header = ByteBuffer.allocate(HEADERS).order(ByteOrder.LITTLE_ENDIAN);
    header.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    header.putShort((short) 2).putShort((short) architecture.elfMachine).putInt(1);
    header.putLong(BASE + HEADERS).putLong(64).putLong(0).putInt(0);
    header.putShort((short) 64).putShort((short) 56).putShort((short) 1);
    header.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    // One segment, readable and executable.
    header.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE);
    header.putLong(size).putLong(size).putLong(0x1000);
    file.writeBytes(header.array());
    file.writeBytes(code);
    file.writeBytes(data.toByteArray());
    return file.toByteArray();
  }

  private static List<byte[]> data(Call call) {
    return call.arguments().stream()
        .filter(byte[].class::isInstance)
        .map(byte[].class::cast)
        .toList();
  }

  private byte[] emit(List<Call> calls, long dataAddress) {
    long next = dataAddress;
    for (Call call : calls) {
      List<Long> values = new ArrayList<>();
      for (Object argument : call.arguments()) {
        if (argument instanceof byte[] bytes) {
          values.add(next);
          next += bytes.length;
        } else {
          values.add(((Number) argument).longValue());
        }
      }
      call(call.number(), values);
      push();
    }
    int write = SystemCall.WRITE.number(architecture);
    int exit = SystemCall.EXIT_GROUP.number(architecture);
    writeStack(write, (long) calls.size() * stride(architecture));
    call(exit, List.of(0L));
    return code.toByteArray();
  }

  private void call(int number, List<Long> arguments) {
    switch (architecture) {
      case X86_64 -> {
        int[][] loads = {{0x48, 0xBF}, {0x48, 0xBE}, {0x48, 0xBA}, {0x49, 0xBA}, {0x49, 0xB8}};
        for (int i = 0; i < arguments.size(); i++) {
          x86(loads[i]);
          code.writeBytes(little(8).putLong(arguments.get(i)).array());
        }
        x86(0xB8);
        code.writeBytes(little(4).putInt(number).array());
        x86(0x0F, 0x05);
      }
      case AARCH64 -> {
        for (int i = 0; i < arguments.size(); i++) {
          armLoad(i, arguments.get(i));
        }
        armLoad(8, number);
        arm(0xD4000001);
      }
    }
  }

  private void push() {
    switch (architecture) {
      case X86_64 -> x86(0x50);
      case AARCH64 -> arm(0xF81F0FE0);
    }
  }

  /// write(1, stack pointer, length).
  private void writeStack(int number, long length) {
    switch (architecture) {
      case X86_64 -> {
        x86(0x48, 0x89, 0xE6, 0xBF);
        code.writeBytes(little(4).putInt(1).array());
        x86(0xBA);
        code.writeBytes(little(4).putInt((int) length).array());
        x86(0xB8);
        code.writeBytes(little(4).putInt(number).array());
        x86(0x0F, 0x05);
      }
      case AARCH64 -> {
        armLoad(0, 1);
        arm(0x910003E1);
        armLoad(2, length);
        armLoad(8, number);
        arm(0xD4000001);
      }
    }
  }

  /// movz and three movk: always four instructions, so that both passes have one length.
  private void armLoad(int register, long value) {
    for (int part = 0; part < 4; part++) {
      int half = (int) (value >>> (16 * part)) & 0xFFFF;
      arm((part == 0 ? 0xD2800000 : 0xF2800000) | (part << 21) | (half << 5) | register);
    }
  }

  private void arm(int instruction) {
    code.writeBytes(little(4).putInt(instruction).array());
  }

  private void x86(int... bytes) {
    for (int b : bytes) {
      code.write(b);
    }
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
