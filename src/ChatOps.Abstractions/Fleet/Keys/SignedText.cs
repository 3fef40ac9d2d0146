using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Fleet.Frames;

namespace ChatOps.Fleet.Keys;

/// <summary>
/// The exact bytes that the ends of the relay sign. Each begins with what it is for, and each part with its length, so that no signature for
/// one purpose or of one split serves another.
/// </summary>
public static class SignedText
{
    private const string RelayPurpose = "chatops relay proof v1";
    private const string HelloPurpose = "chatops node hello v1";
    private const string GrantPurpose = "chatops execution grant v1";

    /// <summary>What the gateway signs to prove itself to a node.</summary>
    /// <param name="nodeNonce">What the node sent.</param>
    /// <param name="relayNonce">What the gateway sends along.</param>
    /// <param name="time">The gateway's time in Unix milliseconds.</param>
    public static byte[] Relay(ReadOnlySpan<byte> nodeNonce, ReadOnlySpan<byte> relayNonce, long time) =>
        Join(RelayPurpose, nodeNonce.ToArray(), relayNonce.ToArray(), Number(time));

    /// <summary>What a node signs to prove itself to the gateway.</summary>
    /// <param name="gateway">The gateway it talks to: a proof for one gateway is worth nothing at another.</param>
    /// <param name="nodeNonce">What the node sent.</param>
    /// <param name="relayNonce">What the gateway sent.</param>
    /// <param name="hello">What the node says of itself.</param>
    public static byte[] Hello(PublicKey gateway, ReadOnlySpan<byte> nodeNonce, ReadOnlySpan<byte> relayNonce, HelloFrame hello) => Join(
        HelloPurpose, gateway.Encoded.ToArray(), nodeNonce.ToArray(), relayNonce.ToArray(), Encoding.UTF8.GetBytes(hello.Name), hello.Key, Number(hello.Generation),
        Encoding.UTF8.GetBytes(hello.Instance), SHA256.HashData(Encoding.UTF8.GetBytes(hello.Token ?? "")));

    /// <summary>What the gateway signs to allow an execution.</summary>
    /// <param name="plan">The plan as it is sent.</param>
    public static byte[] Grant(ReadOnlySpan<byte> plan) => Join(GrantPurpose, plan.ToArray());

    private static byte[] Number(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Join(string purpose, params ReadOnlySpan<byte[]> parts)
    {
        var length = sizeof(int) + Encoding.UTF8.GetByteCount(purpose);
        foreach (var part in parts) length += sizeof(int) + part.Length;
        var bytes = new byte[length];
        var rest = Add(bytes, Encoding.UTF8.GetBytes(purpose));
        foreach (var part in parts) rest = Add(rest, part);
        return bytes;
    }

    private static Span<byte> Add(Span<byte> rest, byte[] part)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, part.Length);
        part.CopyTo(rest[sizeof(int)..]);
        return rest[(sizeof(int) + part.Length)..];
    }
}
