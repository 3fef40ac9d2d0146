using System.Runtime.InteropServices;
using System.Text;

namespace ChatOps.Node.Native;

/// <summary>A NULL-terminated array of C strings in unmanaged memory.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _pointers;

    public NativeStrings(IReadOnlyList<string> texts, Encoding encoding)
    {
        var table = (nuint)(texts.Count + 1) * (nuint)sizeof(byte*);
        nuint size = table;
        foreach (var text in texts)
            size += (nuint)encoding.GetByteCount(text) + 1;

        _pointers = (byte**)NativeMemory.Alloc(size);
        var next = (byte*)_pointers + table;
        var end = (byte*)_pointers + size;
        for (var index = 0; index < texts.Count; index++)
        {
            _pointers[index] = next;
            next += encoding.GetBytes(texts[index], new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }

        _pointers[texts.Count] = null;
    }

    /// <summary>The array.</summary>
    public byte** Pointer => _pointers;

    /// <summary>The first string.</summary>
    public byte* First => _pointers[0];

    /// <inheritdoc />
    public void Dispose() => NativeMemory.Free(_pointers);
}
