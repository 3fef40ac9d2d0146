using System.Text.Json;
using ChatOps.Schedules;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Schedules;

/// <summary>The answer of a model that looks after something by itself: no word of its form is ever read by people.</summary>
public sealed class QuietAnswerTests
{
    private static readonly string[] Nasty =
    [
        "{\"notify\": false, \"text\": \"\"}", "{\"notify\": true, \"text\": \"disk\"}", "{'notify': true}", "notify: false", "NOTIFY = true", "**notify**: true", "`notify`: false",
        "{\"notify\":", "\"text\":", "```json", "```", "\\", "\"", "\n", "}", "{", "]", "\u0000", "\ud800", "\u202e", "HEARTBEAT_OK", "<|im_end|>", "All is well.", "The disk of web-1 is 96 % full.", " ", "null", "true",
    ];

    [Fact]
    public void Nothing_to_say_says_nothing_whatever_stands_beside_it() =>
        Assert.Equal(new QuietAnswer(false, ""), QuietAnswer.Read("""{"notify": false, "text": "all is well, and this is for nobody"}"""));

    [Theory]
    [InlineData("""{"notify": true, "text": "The disk is full."}""")]
    [InlineData("  {\"text\": \" The disk is full. \", \"notify\": true}\n")]
    [InlineData("```json\n{\"notify\": true, \"text\": \"The disk is full.\"}\n```")]
    [InlineData("```\n{\"notify\": true, \"text\": \"The disk is full.\"}\n```")]
    public void Something_to_say_is_its_text_alone(string written) => Assert.Equal(new QuietAnswer(true, "The disk is full."), QuietAnswer.Read(written));

    [Theory]
    [InlineData("")]
    [InlineData("All is well.")]
    [InlineData("The disk is full. {\"notify\": true, \"text\": \"The disk is full.\"}")]
    [InlineData("{\"notify\": true, \"text\": \"\"}")]
    [InlineData("{\"notify\": \"yes\", \"text\": \"x\"}")]
    [InlineData("{\"notify\": true}")]
    [InlineData("{\"notify\": true, \"text\": \"x\", \"more\": 1}")]
    [InlineData("{\"notify\": true, \"notify\": false, \"text\": \"x\"}")]
    [InlineData("[{\"notify\": true, \"text\": \"x\"}]")]
    [InlineData("{\"notify\": true, \"text\": \"{\\\"notify\\\": false, \\\"text\\\": \\\"\\\"}\"}")]
    public void What_is_not_exactly_in_the_form_is_no_answer(string written) => Assert.Null(QuietAnswer.Read(written));

    [Fact]
    public void Whatever_a_model_writes_no_word_of_the_form_is_told()
    {
        var pieces = Gen.ListOf(Gen.Elements(Nasty)).Select(p => string.Concat(p.Take(12))).ToArbitrary();
        Prop.ForAll(pieces, text =>
        {
            foreach (var written in (string[])[text, Envelope(true, text), Envelope(false, text), Envelope(true, Envelope(true, text)), "```json\n" + Envelope(true, text) + "\n```"])
            {
                if (QuietAnswer.Read(written) is not { Notify: true } answer) continue;
                Assert.DoesNotMatch("(?i)notify[\\W_]*[:=][\\W_]*(true|false)", answer.Text);
                Assert.NotEqual("", answer.Text);
            }

            Assert.False(QuietAnswer.Read(Envelope(false, text))?.Notify ?? false);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    // As a model writes it: what cannot be in JSON is written as it is.
    private static string Envelope(bool notify, string text) => $"{{\"notify\": {(notify ? "true" : "false")}, \"text\": {JsonSerializer.Serialize(text)}}}";
}
