using System.Buffers.Binary;
using System.Globalization;

namespace ChatOps.Testing.Telemetry;

/// <summary>A protobuf message read without its schema (Protocol Buffers, "Encoding"). What is not well-formed throws.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, byte[]? Bytes, ulong Number)> fields = [];

    /// <summary>Reads a message.</summary>
    public static Protobuf Read(ReadOnlySpan<byte> bytes)
    {
        var message = new Protobuf();
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            switch (tag & 7)
            {
                case 0:
                    message.fields.Add(((int)(tag >> 3), null, Varint(ref bytes)));
                    break;
                case 1:
                    message.fields.Add(((int)(tag >> 3), null, BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    message.fields.Add(((int)(tag >> 3), bytes[..length].ToArray(), 0));
                    bytes = bytes[length..];
                    break;
                case 5:
                    message.fields.Add(((int)(tag >> 3), null, BinaryPrimitives.ReadUInt32LittleEndian(bytes)));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} is not known.");
            }
        }

        return message;
    }

    /// <summary>Whether a field is there.</summary>
    public bool Has(int field) => fields.Exists(f => f.Field == field);

    /// <summary>A field's bytes; empty when it is not there.</summary>
    public byte[] Bytes(int field) => fields.FirstOrDefault(f => f.Field == field).Bytes ?? [];

    /// <summary>A field's number as text; null when it is not there.</summary>
    public string? Number(int field) => Has(field) ? fields.First(f => f.Field == field).Number.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>A field's floating-point number as text; null when it is not there.</summary>
    public string? Double(int field) => Has(field) ? BitConverter.UInt64BitsToDouble(fields.First(f => f.Field == field).Number).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Every message in a field.</summary>
    public IEnumerable<Protobuf> Messages(int field) => fields.Where(f => f.Field == field).Select(f => Read(f.Bytes));

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if ((next & 0x80) == 0) return value;
        }
    }
}
