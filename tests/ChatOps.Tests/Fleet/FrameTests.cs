using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatOps.Fleet.Frames;
using ChatOps.Testing;

namespace ChatOps.Tests.Fleet;

public sealed class FrameTests
{
    private const int Rounds = 20_000;

    [Fact]
    public void There_is_a_sample_of_every_frame()
    {
        var declared = typeof(Frame).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().Select(a => a.DerivedType);
        Assert.Equal(declared.OrderBy(t => t.Name), SomeFrames.All.Select(f => f.GetType()).Distinct().OrderBy(t => t.Name));
    }

    [Fact]
    public void Every_frame_reads_back_as_it_was_written()
    {
        foreach (var frame in SomeFrames.All)
        {
            var bytes = FrameCodec.Write(frame);
            var read = FrameCodec.Read(bytes);
            Assert.Null(read.Problem);
            Assert.Equal(frame.GetType(), read.Frame!.GetType());
            Assert.Equal(bytes, FrameCodec.Write(read.Frame));
        }
    }

    [Fact]
    public void A_plan_reads_back_as_it_was_written()
    {
        var bytes = FrameCodec.Write(SomeFrames.Plan with { Input = new PlanInput(3, "ab12") });
        Assert.Equal(bytes, FrameCodec.Write(FrameCodec.ReadPlan(bytes)!));
    }

    [Fact]
    public void What_a_newer_version_adds_to_a_frame_is_ignored_and_the_order_of_members_does_not_matter()
    {
        foreach (var frame in SomeFrames.All)
        {
            var node = JsonNode.Parse(FrameCodec.Write(frame))!.AsObject();
            var type = node["type"]!.DeepClone();
            node.Remove("type");
            node["addedLater"] = new JsonObject { ["deep"] = new JsonArray(1, "two", new JsonObject()) };
            node["type"] = type;
            var read = FrameCodec.Read(JsonSerializer.SerializeToUtf8Bytes(node));
            Assert.Equal(FrameCodec.Write(frame), FrameCodec.Write(read.Frame!));
        }
    }

    [Fact]
    public void Names_that_one_node_sends_do_not_change_how_the_frames_of_others_are_read()
    {
        foreach (var bytes in SomeFrames.All.Select(FrameCodec.Write)) LongNames.DoNotHarm(bytes, Read);

        static string Read(byte[] json) => FrameCodec.Read(json).Frame is { } frame ? Encoding.UTF8.GetString(FrameCodec.Write(frame)) : "";
    }

    [Fact]
    public void A_type_of_a_newer_version_is_named_and_is_no_problem_of_form()
    {
        var read = FrameCodec.Read("""{"type":"teleport","id":"x"}"""u8);
        Assert.Equal(new FrameReading(null, "teleport", null), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"cancel"}""")]
    [InlineData("""{"type":"cancel","id":null}""")]
    [InlineData("""{"type":"cancel","id":"a","id":"b"}""")]
    [InlineData("""{"type":"cancel","type":"forget","id":"a"}""")]
    [InlineData("""{"type":"credit","id":"a","bytes":1e400}""")]
    [InlineData("""{"type":"credit","id":"a","bytes":"12"}""")]
    [InlineData("""{"type":"result","id":"x","end":"Sideways","output":"","totalBytes":0,"omittedBytes":0,"streamedBytes":0,"durationMilliseconds":0}""")]
    [InlineData("""{"type":"open","protocol":1,"nonce":"not base64!"}""")]
    public void What_is_no_frame_is_a_problem_and_not_an_exception(string text)
    {
        var read = FrameCodec.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(read.Frame);
        Assert.NotNull(read.Problem);
    }

    [Fact]
    public void Deep_nesting_and_long_messages_are_refused()
    {
        var deep = """{"type":"pong","number":1,"x":""" + new string('[', 5000) + new string(']', 5000) + "}";
        Assert.NotNull(FrameCodec.Read(Encoding.UTF8.GetBytes(deep)).Problem);
        Assert.NotNull(FrameCodec.Read(new byte[FrameCodec.MaxControlBytes + 1]).Problem);
    }

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        var random = Fuzz.Chance(20261121);
        var rounds = Fuzz.Rounds(Rounds);
        var samples = SomeFrames.All.Select(FrameCodec.Write).ToList();
        for (var round = 0; round < rounds; round++)
        {
            var bytes = (byte[])samples[random.Next(samples.Count)].Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                switch (random.Next(3))
                {
                    case 0: bytes[random.Next(bytes.Length)] = (byte)random.Next(256); break;
                    case 1: bytes = bytes[..random.Next(1, bytes.Length + 1)]; break;
                    default: bytes = [.. bytes[..random.Next(bytes.Length)], .. samples[random.Next(samples.Count)]]; break;
                }
            }

            ReadAll(bytes);
        }
    }

    [Fact]
    public void Long_bytes_are_read_or_refused_soon() =>
        Fuzz.Run([.. SomeFrames.All.Select(f => Encoding.UTF8.GetString(FrameCodec.Write(f))), Encoding.UTF8.GetString(FrameCodec.Write(SomeFrames.Plan))], text => ReadAll(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_piece_of_output_reads_back_with_its_place()
    {
        var message = new byte[OutputChunk.MaxHeaderBytes + 3];
        var header = OutputChunk.WriteHeader(message, "01jd.web-1", 1L << 40);
        "abc"u8.CopyTo(message.AsSpan(header));
        Assert.True(OutputChunk.TryRead(message.AsMemory(0, header + 3), out var chunk));
        Assert.Equal(("01jd.web-1", 1L << 40, "abc"), (chunk.Id, chunk.Offset, Encoding.ASCII.GetString(chunk.Bytes.Span)));
    }

    [Fact]
    public void A_piece_before_the_beginning_is_refused()
    {
        var message = new byte[OutputChunk.MaxHeaderBytes];
        var header = OutputChunk.WriteHeader(message, "a", -1);
        Assert.False(OutputChunk.TryRead(message.AsMemory(0, header), out _));
        Assert.False(OutputChunk.TryRead(message.AsMemory(0, header - 1), out _));
    }

    private static void ReadAll(byte[] bytes)
    {
        var read = FrameCodec.Read(bytes);
        Assert.Equal(1, (read.Frame is null ? 0 : 1) + (read.UnknownType is null ? 0 : 1) + (read.Problem is null ? 0 : 1));
        _ = OutputChunk.TryRead(bytes, out _);
        _ = FrameCodec.ReadPlan(bytes);
    }
}
