using ChatOps.Agent.Speech;
using ChatOps.Testing.Speech;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Speech;

public sealed class AudioTests
{
    [Fact]
    public async Task Real_sounds_are_told_by_their_bytes_and_measured()
    {
        const string Words = "please show me the status of the gateway";
        var wav = await SpokenSound.WavAsync(Words);
        var seconds = AudioDuration.Read(wav, AudioFormat.Wav)!.Value.TotalSeconds;
        Assert.InRange(seconds, 1, 6);
        foreach (var (sound, format) in new[]
        {
            (wav, AudioFormat.Wav), (await SpokenSound.OggOpusAsync(Words), AudioFormat.OggOpus), (await SpokenSound.FlacAsync(Words), AudioFormat.Flac), (await SpokenSound.Mp3Async(Words), AudioFormat.Mp3),
        })
        {
            Assert.Equal(format, AudioSniffer.Read(sound));
            Assert.InRange(AudioDuration.Read(sound, format)!.Value.TotalSeconds, seconds - 1, seconds + 1);
        }
    }

    [Fact]
    public async Task A_long_note_cannot_claim_to_be_short()
    {
        var sound = await SpokenSound.SilenceAsync(400);
        Assert.InRange(AudioDuration.Read(sound, AudioFormat.OggOpus)!.Value.TotalSeconds, 399, 401);
        Assert.InRange(AudioDuration.Read(Sounds.Mp4(TimeSpan.FromHours(2)), AudioFormat.Mp4)!.Value.TotalHours, 1.99, 2.01);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello, I am a text")]
    [InlineData("<html>")]
    [InlineData("OggS")]
    [InlineData("RIFF1234AVI ")]
    [InlineData("%PDF-1.7")]
    [InlineData("MZ")]
    public void What_is_no_sound_has_no_format(string text) => Assert.Null(AudioSniffer.Read(System.Text.Encoding.Latin1.GetBytes(text)));

    [Fact]
    public async Task No_broken_sound_breaks_the_reader()
    {
        byte[][] real = [await SpokenSound.OggOpusAsync("status"), await SpokenSound.WavAsync("status"), await SpokenSound.FlacAsync("status"), await SpokenSound.Mp3Async("status"), Sounds.Mp4(TimeSpan.FromSeconds(3))];
        AudioFormat[] formats = [AudioFormat.OggOpus, AudioFormat.Ogg, AudioFormat.Wav, AudioFormat.Flac, AudioFormat.Mp3, AudioFormat.Mp4, AudioFormat.WebM];
        Prop.ForAll<int, int, int>((which, cut, at) =>
        {
            var sound = real[(which & int.MaxValue) % real.Length].ToArray();
            sound[(at & int.MaxValue) % Math.Min(sound.Length, 256)] = (byte)(which ^ cut);
            var broken = sound.AsSpan(0, (cut & int.MaxValue) % sound.Length).ToArray();
            AudioSniffer.Read(broken);
            return formats.All(f => AudioDuration.Read(broken, f) is null or { Ticks: >= 0 });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
